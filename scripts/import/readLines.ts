import { createReadStream } from 'node:fs';

/** One line of a file, its line break included. */
export interface Line {
  number: number;
  bytes: Buffer;
  /** Where the next one begins, in bytes. */
  end: number;
  /** Whether it was too long, and only its beginning is here. */
  isCut: boolean;
}

/** No row is longer; what holds more is some other sort of file. */
const LONGEST_BYTES = 1_048_576;
const LINE_BREAK = 0x0a;

/** Reads lines one by one from a place on; it never holds more than one of them and a piece of the file. */
export async function* readLines(
  file: string,
  from: { line: number; offset: number },
): AsyncGenerator<Line> {
  let { line: number, offset: end } = from;
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer) => {
    const room = LONGEST_BYTES - Math.min(length, LONGEST_BYTES);
    if (room > 0) parts.push(part.subarray(0, room));
    length += part.length;
  };
  const take = (): Line => {
    end += length;
    const line = { number, bytes: Buffer.concat(parts), end, isCut: length > LONGEST_BYTES };
    number += 1;
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of createReadStream(file, { start: from.offset })) {
    // A stream without an encoding gives buffers.
    let rest = chunk as Buffer;
    for (let at = rest.indexOf(LINE_BREAK); at >= 0; at = rest.indexOf(LINE_BREAK)) {
      keep(rest.subarray(0, at + 1));
      rest = rest.subarray(at + 1);
      yield take();
    }
    if (rest.length) keep(rest);
  }
  if (length) yield take();
}

import { isUtf8 } from 'node:buffer';
import type { ByteBudget } from './createByteBudget.ts';
import type { FaultCode } from './subgraphFault.ts';

/** A body that is not read to its end. */
export class Unreadable extends Error {
  readonly code: FaultCode;
  /** Whether the subgraph is to blame, and not what it was asked for. */
  readonly isIllness: boolean;

  constructor(message: string, code: FaultCode, isIllness: boolean) {
    super(message);
    this.code = code;
    this.isIllness = isIllness;
  }
}

export interface BodyLimits {
  limitBytes: number;
  /** What is read takes from it until it is text. */
  bytes: ByteBudget;
}

export interface HttpAnswer {
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Buffer>;
}

/**
 * Reads a body as UTF-8. Throws `Unreadable`, and closes the connection, when it is encoded, goes on beyond
 * a limit, or is no UTF-8.
 */
export async function readBody({ headers, body }: HttpAnswer, limits: BodyLimits): Promise<string> {
  const { limitBytes, bytes } = limits;
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  const announced = Number(headers['content-length'] ?? 0);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Thrown from inside of the loop, so that the connection is closed.
    for await (const chunk of body) {
      if (encoding !== 'identity') throw invalid(`the answer is encoded (${encoding})`, true);
      if (length + chunk.length > limitBytes || announced > limitBytes) {
        throw invalid(`the answer is longer than ${limitBytes} bytes`, false);
      }
      if (!bytes.take(chunk.length)) {
        const message = 'too many long answers are being read at once';
        throw new Unreadable(message, 'SUBGRAPH_OVERLOADED', false);
      }
      length += chunk.length;
      chunks.push(chunk);
    }
    const whole = Buffer.concat(chunks, length);
    if (!isUtf8(whole)) throw invalid('the answer is no UTF-8', true);
    const text = whole.toString('utf8');
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } finally {
    bytes.give(length);
  }
}

function invalid(message: string, isIllness: boolean) {
  return new Unreadable(message, 'SUBGRAPH_INVALID_RESPONSE', isIllness);
}

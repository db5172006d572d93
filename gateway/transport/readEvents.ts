import { createParser } from 'eventsource-parser';
import type { LiveEvent } from '../../subgraphs/shared/live/LiveEvent.ts';
import { readResult } from './readResult.ts';
import type { SubgraphResult } from './Transport.ts';

/**
 * Reads the answers of a subscription from server-sent events: `next` for each, `complete` at the end, and comments
 * that say how far the stream has come. Ends when the stream does; throws when it breaks off, or an event is no answer
 * or longer than the limit.
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<LiveEvent<SubgraphResult>> {
  const read: LiveEvent<SubgraphResult>[] = [];
  let isComplete = false;
  let length = 0;
  let fault: Error | undefined;
  // A library, for chunks end anywhere: in a line, in a letter.
  const parser = createParser({
    onEvent({ id, event, data }) {
      length = 0;
      if (event === 'complete') isComplete = true;
      if (event !== 'next') return;
      const result = readResult(data);
      if (result) read.push({ id, result });
      else fault = new Error('an event that is no answer');
    },
    onComment(comment) {
      const id = comment.trim();
      if (id) read.push({ id });
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    length += chunk.byteLength;
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* read.splice(0);
    if (fault) throw fault;
    if (isComplete) return;
    if (length > limitBytes) throw new Error(`an event of more than ${limitBytes} bytes`);
  }
}

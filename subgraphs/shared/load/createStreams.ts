import { refusal } from '../http/refusal.ts';
import type { LoadConfig } from './loadSettings.ts';

/** Counts the streams that are open, so that nobody opens too many. */
export interface Streams {
  /** Takes a place for a client until the signal aborts. Throws `TOO_MANY_STREAMS` when there is none. */
  enter(client: string, signal: AbortSignal): void;
  open(): number;
}

/** Makes what counts the streams of one server. */
export function createStreams({
  liveStreams,
  liveStreamsPerClient,
}: Pick<LoadConfig, 'liveStreams' | 'liveStreamsPerClient'>): Streams {
  const perClient = new Map<string, number>();
  let all = 0;
  return {
    open: () => all,
    enter(client, signal) {
      const own = perClient.get(client) ?? 0;
      if (own >= liveStreamsPerClient) {
        throw tooMany(
          `You follow ${own} streams already, and more are not given: close one first.`,
        );
      }
      if (all >= liveStreams) {
        throw tooMany('There is no room for another stream at the moment: try again later.');
      }
      all += 1;
      perClient.set(client, own + 1);
      const leave = () => {
        all -= 1;
        const left = (perClient.get(client) ?? 1) - 1;
        if (left) perClient.set(client, left);
        else perClient.delete(client);
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    },
  };
}

const tooMany = (message: string) =>
  refusal(message, { code: 'TOO_MANY_STREAMS', status: 429, headers: { 'retry-after': '30' } });

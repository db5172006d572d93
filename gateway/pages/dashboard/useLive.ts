import { useEffect, useState } from 'preact/hooks';
import { openLive } from '../shared/subscribeToGraph.ts';
import { ActivitiesLive, OutcomesLive, RecognitionsLive } from './__generated__/operations.ts';

const LIVE: Followed[] = [ActivitiesLive, OutcomesLive, RecognitionsLive];

/** Changes that come together are told once. */
const TOGETHER_MS = 500;
/** A subscription that was refused is asked for again after so long. */
const AGAIN_MS = 5_000;
/** What is asked when changes are followed already misses none of them: they have so long for it. */
const HEAD_START_MS = 300;

interface Followed {
  query: string;
  operationName?: string;
}

export interface Live {
  /** Whether every change is told. */
  isLive: boolean;
  /** Whether it is time to ask for what the page shows. */
  mayAsk: boolean;
}

/**
 * Tells of every change of what the page shows; and when it begins or goes on to follow them: whatever was missed before
 * is in what is asked then.
 */
export function useLive(onChange: () => void): Live {
  const [isLive, setLive] = useState(false);
  const [mayAsk, setMayAsk] = useState(false);
  useEffect(() => {
    const standing = new Set<string>();
    const waiting = new Set<number>();
    let telling: number | undefined;
    let hasBegun = false;
    let isOver = false;
    const begin = () => {
      hasBegun = true;
      setMayAsk(true);
    };
    const headStart = setTimeout(begin, HEAD_START_MS);
    const tell = () => {
      clearTimeout(telling);
      telling = setTimeout(onChange, TOGETHER_MS);
    };
    const client = openLive({
      onStanding(name) {
        standing.add(name);
        const isWhole = standing.size === LIVE.length;
        setLive(isWhole);
        if (hasBegun) tell();
        else if (isWhole) begin();
      },
    });
    client.on('closed', () => {
      standing.clear();
      setLive(false);
    });
    const follow = (operation: Followed): void => {
      const { query, operationName = '' } = operation;
      // Refused or ended, as by a service that is away: again in a while.
      const later = () => {
        standing.delete(operationName);
        setLive(false);
        const timer = setTimeout(() => {
          waiting.delete(timer);
          follow(operation);
        }, AGAIN_MS);
        waiting.add(timer);
      };
      client.subscribe(
        { query, operationName },
        {
          next: ({ errors }) => (errors ? undefined : tell()),
          error: later,
          complete: () => (isOver ? undefined : later()),
        },
      );
    };
    for (const operation of LIVE) follow(operation);
    return () => {
      isOver = true;
      clearTimeout(headStart);
      clearTimeout(telling);
      for (const each of waiting) clearTimeout(each);
      void client.dispose();
    };
  }, []);
  return { isLive, mayAsk };
}

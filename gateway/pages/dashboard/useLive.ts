import { useEffect, useState } from 'preact/hooks';
import { openLive } from '../shared/subscribeToGraph.ts';
import { ActivitiesLive, OutcomesLive, RecognitionsLive } from './__generated__/operations.ts';

/** Changes that come together are told once. */
const TOGETHER_MS = 500;
/** A subscription that was refused is asked for again after so long. */
const AGAIN_MS = 5_000;

interface Followed {
  query: string;
  operationName?: string;
}

/**
 * Tells of every change of what the page shows, and when the way by which they come was broken for a while: whatever
 * was missed meanwhile is in what is asked anew. Gives whether that way is open.
 */
export function useLive(onChange: () => void): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const client = openLive();
    let timer: number | undefined;
    const waiting = new Set<number>();
    let isOpen = false;
    let wasOpen = false;
    let isOver = false;
    const tell = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        onChange();
        // By now those that were refused again wait again.
        setLive(isOpen && !waiting.size);
      }, TOGETHER_MS);
    };
    client.on('connected', () => {
      isOpen = true;
      setLive(!waiting.size);
      if (wasOpen) tell();
      wasOpen = true;
    });
    client.on('closed', () => {
      isOpen = false;
      setLive(false);
    });
    const follow = (operation: Followed): void => {
      // Refused or ended, as by a service that is away: again in a while.
      const later = () => {
        setLive(false);
        const timer = setTimeout(() => {
          waiting.delete(timer);
          follow(operation);
          tell();
        }, AGAIN_MS);
        waiting.add(timer);
      };
      const { query, operationName } = operation;
      client.subscribe(
        { query, ...(operationName && { operationName }) },
        {
          next: ({ errors }) => (errors ? undefined : tell()),
          error: later,
          complete: () => (isOver ? undefined : later()),
        },
      );
    };
    for (const operation of [ActivitiesLive, OutcomesLive, RecognitionsLive]) follow(operation);
    return () => {
      isOver = true;
      clearTimeout(timer);
      for (const each of waiting) clearTimeout(each);
      void client.dispose();
    };
  }, []);
  return isLive;
}

import { useEffect, useState } from 'preact/hooks';
import { openLive } from '../shared/subscribeToGraph.ts';
import { ActivitiesLive, OutcomesLive, RecognitionsLive } from './__generated__/operations.ts';

/** Changes that come together are told once. */
const TOGETHER_MS = 500;

/**
 * Tells of every change of what the page shows, and when the way by which they come was broken for a while: whatever
 * was missed meanwhile is in what is asked anew. Gives whether that way is open.
 */
export function useLive(onChange: () => void): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const client = openLive();
    let timer: number | undefined;
    let wasOpen = false;
    const tell = () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, TOGETHER_MS);
    };
    client.on('connected', () => {
      setLive(true);
      if (wasOpen) tell();
      wasOpen = true;
    });
    client.on('closed', () => setLive(false));
    const ends = [ActivitiesLive, OutcomesLive, RecognitionsLive].map(({ query, operationName }) =>
      client.subscribe(
        { query, ...(operationName && { operationName }) },
        // Refused, or over: the page then shows what it has.
        { next: tell, error: () => setLive(false), complete: () => undefined },
      ),
    );
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
      void client.dispose();
    };
  }, []);
  return isLive;
}

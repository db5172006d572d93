import { useEffect, useState } from 'preact/hooks';
import { askGraph, type GraphError, type Operation } from '../shared/askGraph.ts';

/** How far a question to the graph is: what was known before stays to be seen while it is asked again. */
export interface Answer<Data> {
  data?: Data;
  errors: readonly GraphError[];
  isLoading: boolean;
  /** Nothing at all came of it: the gateway can't be reached, or what was asked is not to be had. */
  hasFailed: boolean;
}

/**
 * Asks whenever the variables change, and again when `turn` does; not as long as that is undefined. What is no
 * longer wanted is given up.
 */
export function useAnswer<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  turn: number | undefined,
): Answer<Data> {
  const [answer, setAnswer] = useState<Answer<Data>>({
    errors: [],
    isLoading: true,
    hasFailed: false,
  });
  const asked = JSON.stringify(variables);
  useEffect(() => {
    if (turn === undefined) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    setAnswer((before) => ({ ...before, isLoading: true }));
    askGraph(operation, JSON.parse(asked) as Variables, { signal }).then(
      ({ data, errors = [] }) => {
        if (signal.aborted) return;
        setAnswer((before) => ({
          data: data ?? before.data,
          errors,
          isLoading: false,
          hasFailed: !data,
        }));
      },
      () => {
        if (signal.aborted) return;
        setAnswer((before) => ({ ...before, errors: [], isLoading: false, hasFailed: true }));
      },
    );
    return () => leaving.abort();
  }, [operation, asked, turn]);
  return answer;
}

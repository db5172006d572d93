import { createContext, Script } from 'node:vm';

/** Work was ended because it took too long. */
export class OutOfTime extends Error {}

const script = new Script('work()');
const context = createContext({ work: undefined });

/**
 * Does work that can't be asked to stop, such as Apollo's planning, and ends it after so many milliseconds.
 * @throws OutOfTime when it was ended.
 */
export function withinTime<T extends object>(milliseconds: number, work: () => T): T {
  let result: T | undefined;
  context['work'] = () => {
    result = work();
  };
  try {
    script.runInContext(context, { timeout: milliseconds });
    if (result) return result;
    throw new OutOfTime();
  } catch (error) {
    throw isTimeout(error) ? new OutOfTime() : error;
  } finally {
    context['work'] = undefined;
  }
}

/** The error is of the other context, where Error is not ours. */
const isTimeout = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

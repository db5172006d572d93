import { createContext, Script } from 'node:vm';

/** Work was ended because it took too long. */
export class OutOfTime extends Error {}

const script = new Script('work()');
const context = createContext({ work: undefined });

/** A busy machine may give a process so much less than a processor. */
const PATIENCE = 4;

/**
 * Does work that can't be asked to stop, such as Apollo's planning, and ends it after so many milliseconds. When the
 * process had hardly a processor meanwhile, that is no fault of the work: it is begun once more, with more time.
 * @throws OutOfTime when it was ended.
 */
export function withinTime<T extends object>(milliseconds: number, work: () => T): T {
  const before = process.cpuUsage();
  try {
    return within(milliseconds, work);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1_000 > milliseconds / 2) throw error;
    return within(milliseconds * PATIENCE, work);
  }
}

function within<T extends object>(milliseconds: number, work: () => T): T {
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

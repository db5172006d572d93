import type { FormatError } from '../http/writeAnswer.ts';
import type { Metrics } from './createMetrics.ts';
import type { Counter } from './createTallies.ts';
import { knownCode } from './knownCodes.ts';

/** Makes what counts errors that clients are told, by code. */
export function countErrors(metrics: Metrics, service: string): (code: unknown) => void {
  const errors = metrics.counter('antq_errors_total', 'Errors in answers, by code');
  const known = new Map<string, Counter>();
  return (code) => {
    const name = knownCode(code);
    const counter = known.get(name) ?? errors({ service, code: name });
    known.set(name, counter);
    counter.add();
  };
}

/** What clients see of errors, each of which is counted. */
export function countingErrors(
  formatError: FormatError,
  metrics: Metrics,
  service: string,
): FormatError {
  const count = countErrors(metrics, service);
  return (...details) => {
    const told = formatError(...details);
    count(told.extensions?.['code']);
    return told;
  };
}

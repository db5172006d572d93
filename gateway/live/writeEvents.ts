import type { LiveEvent } from '../../subgraphs/shared/live/LiveEvent.ts';
import {
  formatErrors,
  writeAnswer,
  type FormatError,
} from '../../subgraphs/shared/http/writeAnswer.ts';
import type { OperationResult } from '../execution/createExecutor.ts';
import { shorten } from '../execution/shorten.ts';

/** Writes the answers of a subscription as JSON. */
export async function* writeEvents(
  events: AsyncIterable<LiveEvent<OperationResult>>,
  formatError: FormatError,
): AsyncGenerator<LiveEvent<string>> {
  for await (const { id, result } of events) {
    yield { id, ...(result && { result: writeResult(result, formatError) }) };
  }
}

/** Writes an answer as JSON; without data it is refused as a whole. */
export function writeResult(
  { data, errors, extensions }: OperationResult,
  formatError: FormatError,
): string {
  const told = shorten(errors);
  return data === undefined
    ? JSON.stringify({ errors: formatErrors(told, formatError) })
    : writeAnswer(data, told, formatError, extensions);
}

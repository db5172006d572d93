import { GraphQLError } from 'graphql';
import { formatErrors, writeAnswer, type FormatError } from '../http/writeAnswer.ts';
import type { LiveEvent } from './LiveEvent.ts';

/** Writes the answers of a subscription as JSON. An error in the stream itself is its last answer. */
export async function* toTexts(
  events: AsyncIterable<LiveEvent>,
  formatError: FormatError,
): AsyncGenerator<LiveEvent<string>> {
  try {
    for await (const { id, result } of events) {
      if (!result) {
        yield { id };
        continue;
      }
      const { data = null, errors } = result;
      yield { id, result: writeAnswer(JSON.stringify(data), errors, formatError) };
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    yield { result: JSON.stringify({ errors: formatErrors([error], formatError) }) };
  }
}

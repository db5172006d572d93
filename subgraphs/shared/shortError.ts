import type { GraphQLFormattedError } from 'graphql';

/** More of a message, or of the places where a document is wrong, nobody reads. */
const CHARACTERS = 2_000;
const LOCATIONS = 50;

/**
 * The error, or as much of it as is worth being sent on: what is wrong with a value quotes the value, and
 * a name given twice is shown wherever it stands.
 */
export function shortError<Error extends Pick<GraphQLFormattedError, 'message' | 'locations'>>(
  error: Error,
): Error {
  const { message, locations } = error;
  if (message.length <= CHARACTERS && (locations?.length ?? 0) <= LOCATIONS) return error;
  return { ...error, message: shortText(message), locations: locations?.slice(0, LOCATIONS) };
}

function shortText(text: string): string {
  if (text.length <= CHARACTERS) return text;
  // Some characters are two, and one half of them is none.
  return `${text.slice(0, CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
}

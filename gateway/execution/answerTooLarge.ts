import { GraphQLError } from 'graphql';

/** Ends the writing of an answer that has grown beyond what is given at once. */
export class AnswerTooLarge extends Error {}

/** The longest answer where nothing else is said, in characters: a quarter of what answers may hold all together. */
export const DEFAULT_ANSWER_CHARACTERS = 64 * 1024 * 1024;

/** Writes, within what a text can be at all. */
export function writingWithinLimits(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (error instanceof RangeError && error.message === 'Invalid string length') {
      throw new AnswerTooLarge();
    }
    throw error;
  }
}

/** What the client of such an answer is told. */
export const answerTooLarge = (mostCharacters: number): GraphQLError =>
  new GraphQLError(
    `The answer would be larger than the ${mostCharacters / 1024 / 1024} MB that are given at once: ask for fewer items or fields, page by page.`,
    { extensions: { code: 'ANSWER_TOO_LARGE' } },
  );

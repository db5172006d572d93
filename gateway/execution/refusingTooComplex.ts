import { GraphQLError } from 'graphql';

/** The planner refuses what would take it too long, with an error that looks like one of its own faults. */
export async function refusingTooComplex<TResult>(
  run: () => Promise<TResult>,
): Promise<TResult | { errors: readonly GraphQLError[] }> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error && /selections exceeds limit/.test(error.message))) throw error;
    const message = 'This operation is too complex to plan: ask for fewer fields at once.';
    const extensions = { code: 'OPERATION_TOO_COMPLEX' };
    return { errors: [new GraphQLError(message, { extensions, originalError: error })] };
  }
}

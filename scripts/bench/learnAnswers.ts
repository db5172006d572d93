import type { Query } from './createClient.ts';
import type { Contestant } from './measure.ts';
import type { Operation } from './operations/createOperations.ts';

const MOST_PASSES = 30;

/**
 * Has a variant's stub learn all that it will be asked: over and over, as many at once as will be, until
 * it is asked for nothing new. What is read together may depend on what comes together.
 */
export async function learnAnswers(
  { variant, client }: Contestant,
  requests: readonly Query[],
): Promise<void> {
  await variant.tell({ order: 'stub', mode: 'learn' });
  let known = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    await client.load(requests, { seconds: 0, atLeast: requests.length });
    const { misses } = await variant.tell({ order: 'usage' });
    if (pass > 1 && misses === known) {
      await variant.tell({ order: 'stub', mode: 'strict' });
      return;
    }
    known = misses;
  }
  throw new Error(`${variant.name} never asks its database the same twice`);
}

/** The requests of all operations. */
export const allRequests = (operations: readonly Operation[]) =>
  operations.flatMap(({ requests }) => requests);

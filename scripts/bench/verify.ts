import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { CONNECTIONS, createClient } from './createClient.ts';
import type { OperationName } from './names.ts';
import type { Operation, Request } from './operations/createOperations.ts';
import { findDifference } from './findDifference.ts';
import type { Variant } from './startVariant.ts';

/** Commands that a request takes, on average, by operation. */
export type Commands = Partial<Record<OperationName, number>>;

/** The data of all requests, as the first variant has answered them. */
export type Answers = Map<string, unknown>;

/**
 * Asks a variant everything and counts the commands that this takes.
 * @param answers What the others have answered; the first one fills it.
 * @throws UserError that shows the first difference.
 */
export async function verify(
  variant: Variant,
  operations: readonly Operation[],
  answers: Answers,
): Promise<Commands> {
  const client = createClient(variant);
  const commands: Commands = {};
  const compare = async (operation: OperationName, request: Request) => {
    const { data } = JSON.parse(await client.ask(request)) as { data: unknown };
    const known = answers.get(request.query);
    if (known === undefined) answers.set(request.query, data);
    else if (!isDeepStrictEqual(data, known)) {
      throw new UserError(
        `${variant.name} answers ${operation} differently ${findDifference(known, data)}\n${request.query}`,
      );
    }
  };
  for (const { name, requests } of operations) {
    // The first request of all may ask for more: what is then known.
    if (requests[0]) await client.ask(requests[0]);
    const before = await variant.tell({ order: 'usage' });
    for (let at = 0; at < requests.length; at += CONNECTIONS) {
      const some = requests.slice(at, at + CONNECTIONS);
      await Promise.all(some.map((request) => compare(name, request)));
    }
    const after = await variant.tell({ order: 'usage' });
    commands[name] = (after.commands - before.commands) / requests.length;
  }
  await client.close();
  return commands;
}

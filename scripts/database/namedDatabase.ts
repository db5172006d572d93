import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { never, type Database } from './Database.ts';
import { redactUri } from './redactUri.ts';
import { withClient } from './withClient.ts';

const ANSWERS_WITHIN_MS = 6_000;

/**
 * The database that the user has named, once it has answered.
 * @throws UserError when the URI is malformed or nothing answers there. No other database is tried then:
 *   who names one does not want another.
 */
export async function namedDatabase(uri: string): Promise<Database> {
  try {
    await Promise.race([checkAccess(uri), tooLate()]);
  } catch (error) {
    const shown = redactUri(uri);
    const message = error instanceof Error ? error.message : String(error);
    // The driver quotes malformed ones as they are.
    const reason = isSafe(message, uri) ? message : 'it is malformed';
    throw new UserError(`MONGODB_URI ${shown} can't be used: ${reason}`, [
      'Mend it, or leave it out: a database is then started for you.',
    ]);
  }
  return { uri, rung: 'MONGODB_URI', exited: never, close: () => Promise.resolve() };
}

/** Asks for what only somebody who is logged in may know, where logging in is needed. */
async function checkAccess(uri: string): Promise<void> {
  await withClient(uri, (client) =>
    client.db('admin').command({ listDatabases: 1, nameOnly: true, authorizedDatabases: true }),
  );
}

/** For what the driver's own limits do not cover: a `mongodb+srv` name that is looked up for long. */
async function tooLate(): Promise<never> {
  await delay(ANSWERS_WITHIN_MS, undefined, { ref: false });
  throw new Error(`no answer within ${ANSWERS_WITHIN_MS / 1_000} s`);
}

/** Whether a message holds no part of the URI that `redactUri` would hide. */
function isSafe(message: string, uri: string): boolean {
  const authority = uri.slice(uri.indexOf('://') + 3, uri.lastIndexOf('@'));
  const password = authority.slice(authority.indexOf(':') + 1);
  return !message.includes(uri) && (password === '' || !message.includes(password));
}

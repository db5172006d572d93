import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What is safe in a log, in a header and in a message, and short enough for all of them. */
const WELL_FORMED = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;

/** The id of a request: what its header `x-request-id` says when that is well-formed, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}

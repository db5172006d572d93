import type { GraphQLError } from 'graphql';
import { refusal } from '../http/refusal.ts';

/** When a client that was turned away may come again, in seconds. */
export const RETRY_AFTER_S = 1;

const OVERLOADED =
  'There is more to do here than can be done at the moment: nothing of this request was carried out, send it again in a second.';
const STOPPING =
  'This server stops: whether this request was carried out is not known. Send it again.';

/** Refuses a request of which nothing was carried out. */
export const overloaded = (): GraphQLError =>
  refusal(OVERLOADED, { code: 'OVERLOADED', status: 503, headers: retryAfter });

/** Ends a request that was not carried out in time. */
export const stopping = (): GraphQLError =>
  refusal(STOPPING, { code: 'SHUTTING_DOWN', status: 503, headers: retryAfter });

const retryAfter = { 'retry-after': String(RETRY_AFTER_S) };

const BEGINNING = `{"errors":[{"message":${JSON.stringify(OVERLOADED)},"extensions":{"code":"OVERLOADED","requestId":`;

/** The same as `overloaded`, written beforehand but for the id: many are sent just when there is no time. */
export const overloadedAnswer = (requestId: string): string =>
  `${BEGINNING}${JSON.stringify(requestId)}}}]}`;

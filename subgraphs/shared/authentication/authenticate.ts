import type { IncomingHttpHeaders } from 'node:http';
import { ANYONE, type Viewer } from '../Viewer.ts';
import { KEY_PREFIX } from './ApiKey.ts';
import type { ApiKeys } from './readApiKeys.ts';
import { Refused } from './Refused.ts';
import type { Tokens } from './verifyToken.ts';
import { VOUCHER_HEADER, type ReadVoucher } from './vouch.ts';

/** What a server believes. */
export interface Authorities {
  keys: Pick<ApiKeys, 'recognize'>;
  /** Undefined where no tokens are taken. */
  tokens: Pick<Tokens, 'recognize'> | undefined;
  /** Whether who shows nothing may read. */
  publicReading: boolean;
  /** Of a subgraph: whether it believes the gateway about who asks, or nobody else. */
  gateway?: { readVoucher: ReadVoucher | undefined; required: boolean };
}

/**
 * Finds out who sends a request, by its headers. What is shown and not believed is refused, never taken for
 * the public: by throwing or rejecting with `Refused`. It waits only where it must.
 */
export type Authenticate = (headers: IncomingHttpHeaders) => Viewer | Promise<Viewer>;

/** Makes the function. No other header than `authorization`, `x-api-key` and the gateway's own says who asks. */
export function createAuthenticate(authorities: Authorities): Authenticate {
  const { keys, tokens, publicReading, gateway } = authorities;
  return (headers) => {
    const vouched = gateway && headers[VOUCHER_HEADER];
    if (vouched !== undefined) return readVouched(String(vouched), gateway?.readVoucher);
    if (gateway?.required) {
      throw new Refused(
        'This subgraph answers its gateway only: ask there. (Operator: the gateway needs the VOUCH_SECRET of this subgraph.)',
      );
    }

    const { authorization, 'x-api-key': apiKey } = headers;
    if (authorization === undefined && apiKey === undefined) {
      if (publicReading) return ANYONE;
      throw new Refused(
        'Nothing is public here: send your API key in the header "Authorization: Bearer antq_…" or "x-api-key".',
      );
    }
    if (authorization !== undefined && apiKey !== undefined) {
      throw new Refused('Send one of the headers authorization and x-api-key, not both.');
    }
    if (apiKey !== undefined) return keys.recognize(String(apiKey));
    const [, shown] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    if (shown === undefined) {
      throw new Refused(
        'The header authorization must be "Bearer", a space, and an API key or a token.',
      );
    }
    if (shown.startsWith(KEY_PREFIX)) return keys.recognize(shown);
    if (tokens) return tokens.recognize(shown);
    throw new Refused(
      `This is no API key: those begin with ${KEY_PREFIX}. Tokens are not taken here.`,
    );
  };
}

function readVouched(token: string, readVoucher: ReadVoucher | undefined) {
  if (readVoucher) return readVoucher(token);
  throw new Refused(
    `The header ${VOUCHER_HEADER} can't be verified here: this subgraph has no VOUCH_SECRET.`,
  );
}

import type { IncomingHttpHeaders } from 'node:http';
import { VOUCHER_HEADER } from '../../subgraphs/shared/authentication/vouch.ts';

/** Headers of a client that are passed on to subgraphs. */
export type ForwardedHeaders = Readonly<Record<string, string>>;

/** Headers that are about one connection or one body, or that only the gateway may send. */
const NEVER = new Set([
  VOUCHER_HEADER,
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'expect'],
  ...['accept', 'accept-encoding', 'content-encoding', 'content-length', 'content-type'],
]);

/** Whether a header may be passed on if the operator says so. */
export const mayBeForwarded = (name: string): boolean =>
  /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) && !NEVER.has(name);

/** Makes what picks the headers named; undefined when a client has sent none of them. */
export function createForwarding(
  names: readonly string[],
): (headers: IncomingHttpHeaders) => ForwardedHeaders | undefined {
  if (!names.length) return () => undefined;
  return (headers) => {
    const found = names.flatMap((name): [string, string][] => {
      const value = headers[name];
      return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]];
    });
    return found.length ? Object.fromEntries(found) : undefined;
  };
}

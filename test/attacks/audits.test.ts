import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { cleanUp, startTestGateway } from '../gateway/kit.ts';
import { createBooks, createReviews } from '../gateway/library.ts';

/** What GraphQL over HTTP leaves open, and CSRF prevention takes: GET without a header that pages can't send. */
const PRICE_OF_CSRF_PREVENTION = [
  'MAY accept application/x-www-form-urlencoded formatted GET requests',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
];

async function audit(url: string, headers: Record<string, string> = {}) {
  const fetchFn = (target: string, init: RequestInit = {}) =>
    fetch(target, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers },
    });
  const failed: string[] = [];
  for (const { name, fn } of serverAudits({ url, fetchFn })) {
    if ((await fn()).status !== 'ok') failed.push(name);
  }
  return failed;
}

test('no audit of GraphQL over HTTP fails, but for what CSRF prevention takes', async () => {
  const books = createBooks();
  const subgraphs = [books, createReviews()];
  const gateway = await startTestGateway({ subgraphs, inProcess: subgraphs });
  const subgraph = await startSubgraph(
    { ...books, name: 'books' },
    {
      host: '127.0.0.1',
      port: 0,
      introspection: true,
      bodyLimitKb: 256,
      logLevel: 'silent',
      authentication: readGatewayConfig({}).authentication,
    },
  );
  cleanUp(subgraph.close);
  for (const { url } of [gateway, subgraph]) {
    expect(await audit(url)).toEqual(PRICE_OF_CSRF_PREVENTION);
    expect(await audit(url, { 'apollo-require-preflight': '1' })).toEqual([]);
  }
});

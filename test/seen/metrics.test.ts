import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { closedUrl, post, serve, startTestGateway } from '../gateway/kit.ts';
import { createBooks, createReviews } from '../gateway/library.ts';
import { startNews } from '../gateway/policy/hintedGraph.ts';
import { createKeys } from '../helpers/createKeys.ts';
import { scrape } from './scrape.ts';

const QUERY = '{ books { title } }';

async function startLibrary(env: Record<string, string> = {}) {
  const subgraphs = [createBooks(), createReviews()];
  return startTestGateway({ subgraphs, inProcess: subgraphs, env });
}

it('operations are counted and timed by kind and outcome, on both ways', async () => {
  const { root, url, execute } = await startLibrary();
  for (let time = 0; time < 3; time++) await execute(QUERY);
  await execute('mutation { reviewAdd(text: "a") { text } }');
  await execute('{ uncoded }');
  await execute('{ uncoded }');
  await execute('{ nothing }');
  await post(url, { query: 5 });

  const values = await scrape(root);
  const operations = [...values].filter(([name]) => name.startsWith('antq_operations_total'));
  expect(Object.fromEntries(operations)).toEqual({
    'antq_operations_total{service="gateway",kind="query",outcome="ok"}': 3,
    'antq_operations_total{service="gateway",kind="mutation",outcome="ok"}': 1,
    'antq_operations_total{service="gateway",kind="query",outcome="errors"}': 2,
    'antq_operations_total{service="gateway",kind="none",outcome="refused"}': 2,
  });
  expect(values.get('antq_operation_duration_seconds_count{service="gateway",kind="query"}')).toBe(
    5,
  );
  expect(
    values.get('antq_operation_duration_seconds_bucket{service="gateway",kind="query",le="+Inf"}'),
  ).toBe(5);
  expect(values.get('antq_plans_total{result="hit"}')).toBeGreaterThanOrEqual(3);
  expect(values.get('antq_plans_total{result="miss"}')).toBeGreaterThanOrEqual(3);
  expect(values.get('antq_fetch_duration_seconds_count{subgraph="books"}')).toBe(5);
  expect(values.get('antq_operation_cost_count{kind="estimated"}')).toBe(6);
  expect(
    values.get('antq_http_answers_total{service="gateway",route="/graphql",status="200"}'),
  ).toBe(7);
  expect(values.get('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
});

it('errors are counted by code; codes of strangers are one', async () => {
  const { root, url, execute } = await startLibrary();
  await execute('{ coded uncoded }');
  await execute('{ nothing }');
  await fetch(`${root}/nowhere`);
  await fetch(`${root}/nowhere${Math.random()}`);
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });

  const values = await scrape(root);
  const errors = [...values].filter(([name]) => name.startsWith('antq_errors_total'));
  expect(Object.fromEntries(errors)).toEqual({
    'antq_errors_total{service="gateway",code="BAD_USER_INPUT"}': 1,
    'antq_errors_total{service="gateway",code="INTERNAL_SERVER_ERROR"}': 1,
    'antq_errors_total{service="gateway",code="GRAPHQL_VALIDATION_FAILED"}': 1,
    'antq_errors_total{service="gateway",code="NOT_FOUND"}': 2,
    'antq_errors_total{service="gateway",code="BAD_REQUEST"}': 1,
  });
  expect(values.get('antq_http_answers_total{service="gateway",route="none",status="404"}')).toBe(
    2,
  );
});

it('fetches over HTTP tell their faults and retries, and breakers that open', async () => {
  const books = createBooks();
  const reviews = createReviews();
  const { root, execute } = await startTestGateway({
    subgraphs: [
      { ...books, url: await closedUrl() },
      { ...reviews, url: await serve(reviews) },
    ],
    env: { SUBGRAPH_BREAKER_FAILURES: '1', SUBGRAPH_BREAKER_PAUSE_MS: '60000' },
  });
  await execute('{ bestReview { text } }');
  const isOpen = async () => (
    await execute(QUERY),
    (await scrape(root)).get('antq_breaker_open{subgraph="books"}')
  );
  await expect.poll(isOpen, { timeout: 10_000 }).toBe(1);

  const values = await scrape(root);
  expect(values.get('antq_breaker_open{subgraph="reviews"}')).toBe(0);
  expect(
    values.get('antq_fetch_faults_total{subgraph="books",code="SUBGRAPH_UNAVAILABLE"}'),
  ).toBeGreaterThan(0);
  expect(values.get('antq_fetch_retries_total{subgraph="books"}')).toBeGreaterThan(0);
  expect(values.get('antq_fetch_duration_seconds_count{subgraph="reviews"}')).toBe(1);
});

it('metrics are for this machine itself, and for keys with their scope', async () => {
  const { file, keys, remove } = await createKeys({
    watcher: { agency: 'org-a', roles: [], scopes: ['metrics'] },
    reader: { agency: 'org-a', roles: [], scopes: [] },
  });
  const env = { KEYS_FILE: file, TRUST_PROXY: 'loopback', PUBLIC_READING: 'false' };
  const { root } = await startLibrary(env);
  const statusOf = async (headers: Record<string, string> = {}) => {
    const asked = request(`${root}/metrics`, { headers }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  try {
    expect(await statusOf()).toBe(200);
    for (const [name, value] of [
      ['x-forwarded-for', '203.0.113.9'],
      ['x-forwarded-for', '127.0.0.1'],
      ['forwarded', 'for=127.0.0.1'],
      ['via', '1.1 proxy'],
      ['x-real-ip', '127.0.0.1'],
      ['host', 'graph.example.org'],
    ] as const) {
      expect(await statusOf({ [name]: value }), name).toBe(401);
      const bearing = (key: string) => ({ [name]: value, authorization: `Bearer ${key}` });
      expect(await statusOf(bearing(keys.watcher)), name).toBe(200);
      expect(await statusOf(bearing(keys.reader)), name).toBe(403);
    }
    expect(await statusOf({ authorization: 'Bearer antq_wrong' })).toBe(401);

    const closed = await startLibrary({ KEYS_FILE: file, METRICS: 'key' });
    expect((await fetch(`${closed.root}/metrics`)).status).toBe(401);
    const off = await startLibrary({ METRICS: 'off' });
    expect((await fetch(`${off.root}/metrics`)).status).toBe(404);
  } finally {
    await remove();
  }
});

it('answers that are kept are counted', async () => {
  const { root, ask } = await startNews();
  const query = '{ weather }';
  for (let time = 0; time < 3; time++) await ask({ query });
  await ask({ query: '{ mood }' });

  const values = await scrape(root);
  expect(values.get('antq_response_cache_total{result="hit"}')).toBe(2);
  expect(values.get('antq_response_cache_total{result="miss"}')).toBe(1);
  expect(values.get('antq_cache_entries{cache="responses"}')).toBe(1);
  expect(values.get('antq_response_cache_bytes')).toBeGreaterThan(query.length);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { startGraph } from '../helpers/graph.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { postJson, type Attack } from './Attack.ts';
import { documentAttacks } from './documentAttacks.ts';
import { csrfAttacks, httpAttacks } from './httpAttacks.ts';
import { federationAttacks, introspectionAttacks } from './introspectionAttacks.ts';
import { variableAttacks } from './variableAttacks.ts';

let graph: Awaited<ReturnType<typeof startGraph>>;
let hidden: RunningServer;
let subgraph: RunningServer;
let memory: number;

beforeAll(async () => {
  graph = await startGraph();
  const env = { PORT: '0', LOG_LEVEL: 'silent', INTROSPECTION: 'false' };
  hidden = await startGateway(readGatewayConfig(env), { inProcess: subgraphs });
  const [organizations] = subgraphs;
  if (!organizations) throw new Error('no subgraph');
  subgraph = await startSubgraph(organizations, {
    host: '127.0.0.1',
    port: 0,
    introspection: true,
    bodyLimitKb: 256,
    logLevel: 'silent',
    authentication: readGatewayConfig({}).authentication,
  });
  memory = process.memoryUsage().rss;
});

afterAll(async () => {
  await subgraph.close();
  await hidden.close();
  await graph.close();
});

/** The code of the first error; empty where there is none. Every answer has to have the shape of one of GraphQL. */
function codeOf(text: string): string {
  const answer = JSON.parse(text) as {
    data?: unknown;
    errors?: { extensions: { code: string } }[];
  };
  expect(answer.errors ?? answer.data).toBeDefined();
  return answer.errors?.[0]?.extensions.code ?? '';
}

async function expectAlive(url: string) {
  const asked = performance.now();
  const { status, text } = await postJson(url, {
    query: '{ organizations(first: 1) { nodes { id } } }',
  });
  expect([status, codeOf(text)]).toEqual([200, '']);
  expect(performance.now() - asked).toBeLessThan(2_000);
}

function turnsAway(attacks: readonly Attack[], url: () => string) {
  test.each(attacks)('$name', async ({ send, status, code, hides }) => {
    const sent = performance.now();
    const outcome = await send(url());
    expect(performance.now() - sent).toBeLessThan(2_000);
    expect(status, outcome.text).toContain(outcome.status);
    // Where nothing but closing the connection is right.
    if (outcome.status !== 0) {
      expect([code ?? ''].flat(), outcome.text).toContain(codeOf(outcome.text));
    }
    expect(outcome.text).not.toMatch(/node_modules|at .+\.ts:\d/);
    // A refusal is no echo.
    if (code !== undefined) expect(outcome.text.length).toBeLessThan(50_000);
    if (hides) expect(outcome.text).not.toMatch(hides);
  });
  test('and is alive', () => expectAlive(url()));
}

describe('the gateway turns away documents', () => turnsAway(documentAttacks, () => graph.url));
describe('the gateway turns away values', () => turnsAway(variableAttacks, () => graph.url));
describe('the gateway turns away HTTP', () => turnsAway(httpAttacks, () => graph.url));
describe('the gateway turns away other sites', () => turnsAway(csrfAttacks, () => graph.url));
describe('the gateway is no subgraph', () => turnsAway(federationAttacks, () => graph.url));
describe('a hidden schema stays hidden', () => {
  test.each(introspectionAttacks)('$name', async ({ send, status, code, hides }) => {
    const outcome = await send(hidden.url);
    expect([...status], outcome.text).toContain(outcome.status);
    expect(code).toBe(codeOf(outcome.text));
    expect(outcome.text.replace(/"query".*/, '')).not.toMatch(hides ?? /Did you mean/);
  });
});

describe('a subgraph by itself turns away', () => {
  test.each([...documentAttacks, ...variableAttacks])('$name', async ({ send }) => {
    const sent = performance.now();
    const { status, text } = await send(subgraph.url);
    expect(performance.now() - sent).toBeLessThan(2_000);
    expect(status, text).toBeLessThan(500);
    expect(codeOf(text)).not.toBe('INTERNAL_SERVER_ERROR');
  });
  turnsAway([...httpAttacks, ...csrfAttacks], () => subgraph.url);
  test('entities without end', async () => {
    const representations = Array.from({ length: 10_500 }, () => ({ id: 1 }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const { text } = await postJson(subgraph.url, { query, variables: { r: representations } });
    expect(codeOf(text)).toBe('VARIABLES_TOO_LARGE');
  });
});

test('memory is as it was, within 200 MB', () => {
  expect(process.memoryUsage().rss - memory).toBeLessThan(200e6);
});

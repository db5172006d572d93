import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { changeKeyFile } from '../../scripts/keys/changeKeyFile.ts';
import { revokeKey } from '../../scripts/keys/changes.ts';
import { addKey } from '../helpers/keys.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { followEvents, type Followed } from '../helpers/followEvents.ts';
import { startGraph } from '../helpers/graph.ts';
import { cited, createMutate } from '../helpers/writing.ts';

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;
let mutate: ReturnType<typeof createMutate>;

beforeAll(async () => {
  keys = await createKeys({ police: editorOf('org-cong-an-tinh-thai-binh') });
  graph = await startGraph({ keysFile: keys.file, env: { MAX_LIVE_STREAMS_PER_CLIENT: '8' } });
  mutate = createMutate(graph);
});
afterAll(async () => {
  await graph.close();
  await keys.remove();
});

const CHANGES = `subscription ($filter: OutcomeFilter, $after: ID) {
  outcomeChanged(filter: $filter, after: $after) {
    eventId
    kind
    outcomeId
    outcome {
      measure { value }
      unit { name { vi } }
      contributors { name { vi } recognitionsReceived(first: 1) { totalCount } }
    }
  }
}`;

const create = async (value: number, more: Record<string, unknown> = {}) => {
  const input = {
    metricCode: 'LEAFLETS',
    name: { vi: 'Tờ rơi' },
    measure: { value, qualifier: 'EXACT', asPrinted: String(value) },
    period: { from: '2024' },
    unitId: 'place-tinh-thai-binh',
    contributorIds: ['org-cong-an-tinh-thai-binh'],
    provenance: [cited()],
    ...more,
  };
  const { record, problems } = await mutate('outcome', 'Create', { input }, keys.keys.police);
  if (!record) throw new Error(problems.join());
  return record;
};

interface Change {
  eventId: string;
  kind: string;
  outcomeId: string;
  outcome: { measure: { value: number } } | null;
}
const changeOf = (data: unknown) => (data as { outcomeChanged: Change }).outcomeChanged;
const valuesOf = ({ told }: Followed) =>
  told.map(({ answer }) => changeOf(answer.data).outcome?.measure.value);

it('each change is told as it is made, completed by all subgraphs', async () => {
  const followed = await followEvents(graph.url, CHANGES);
  const { id, version } = await create(1);
  const source = cited();
  const input = { measure: { value: 2, qualifier: 'EXACT', asPrinted: '2' } };
  const changed = await mutate(
    'outcome',
    'Correct',
    { id, version, input, source, reason: 'thử' },
    keys.keys.police,
  );
  expect(changed.problems).toEqual([]);
  await followed.until(2);
  await mutate(
    'outcome',
    'Withdraw',
    { id, version: changed.record?.version, source, reason: 'thử' },
    keys.keys.police,
  );
  const told = await followed.until(3);
  followed.cut();

  expect(told.map(({ answer }) => answer.errors)).toEqual([undefined, undefined, undefined]);
  const [first, second, third] = told.map(({ answer }) => changeOf(answer.data));
  expect([first?.kind, second?.kind, third?.kind]).toEqual(['CREATED', 'CHANGED', 'WITHDRAWN']);
  expect(second).toMatchObject({
    outcomeId: id,
    outcome: {
      measure: { value: 2 },
      unit: { name: { vi: 'Tỉnh Thái Bình' } },
      contributors: [
        { name: { vi: 'Công an tỉnh Thái Bình' }, recognitionsReceived: { totalCount: 0 } },
      ],
    },
  });
  expect(third).toMatchObject({ outcomeId: id, outcome: null });
  expect(told.map((each) => each.id)).toEqual(
    told.map(({ answer }) => changeOf(answer.data).eventId),
  );
});

it('across 20 cut connections nothing is lost and nothing told twice', async () => {
  const COUNT = 200;
  const CUTS = 20;
  const values: (number | undefined)[] = [];
  let followed = await followEvents(graph.url, CHANGES, {
    variables: { filter: { metric: ['LEAFLETS'] } },
  });
  // Where it stands is told at once, so that even a connection without an event can go on.
  while (!followed.lastId()) await sleep(5);
  const writing = (async () => {
    for (let value = 1; value <= COUNT; value += 1) await create(value);
  })();
  for (let cut = 1; cut <= CUTS; cut += 1) {
    await followed.until(Math.ceil(COUNT / CUTS / 2));
    followed.cut();
    await followed.ended;
    values.push(...valuesOf(followed));
    followed = await followEvents(graph.url, CHANGES, {
      variables: { filter: { metric: ['LEAFLETS'] } },
      lastEventId: followed.lastId(),
    });
  }
  await writing;
  await followed.until(COUNT - values.length);
  await sleep(300);
  followed.cut();
  values.push(...valuesOf(followed));
  expect(values).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
});

it('goes on after an event that is given as an argument, as WebSocket clients do', async () => {
  const first = await followEvents(graph.url, CHANGES);
  await create(1);
  const [event] = await first.until(1);
  first.cut();
  await create(2);
  const second = await followEvents(graph.url, CHANGES, { variables: { after: event?.id } });
  await second.until(1);
  second.cut();
  expect(valuesOf(second)).toEqual([2]);
});

it('a filter tells what matches', async () => {
  const followed = await followEvents(graph.url, CHANGES, {
    variables: { filter: { metric: ['TIP_BOXES'] } },
  });
  await create(1);
  await create(2, { metricCode: 'TIP_BOXES', name: { vi: 'Hòm thư' } });
  await followed.until(1);
  followed.cut();
  expect(valuesOf(followed)).toEqual([2]);
});

it('the clients of both protocols follow it', async () => {
  let connected = () => {};
  const bySseStands = new Promise<void>((resolve) => (connected = resolve));
  const sse = createSseClient({ url: graph.url, retryAttempts: 0, on: { connected } });
  const socket = createSocketClient({
    url: graph.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const bySocketStands = new Promise((resolve) => socket.on('ping', resolve));
  const bySse = sse.iterate({ query: CHANGES });
  const bySocket = socket.iterate({ query: CHANGES });
  const told = Promise.all([bySse.next(), bySocket.next()]);
  await Promise.all([bySseStands, bySocketStands]);
  await create(7);
  for (const { value } of await told) {
    const { data, errors } = value as { data: unknown; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(changeOf(data)).toMatchObject({ kind: 'CREATED', outcome: { measure: { value: 7 } } });
  }
  await Promise.all([bySse.return?.(), bySocket.return?.()]);
  sse.dispose();
  await socket.dispose();
});

it('over WebSocket a client is told from when on it misses nothing', async () => {
  const told: unknown[] = [];
  const socket = createSocketClient({
    url: graph.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    generateID: () => 'mine',
  });
  const standing = new Promise((resolve) =>
    socket.on('ping', (isReceived, payload) => isReceived && resolve(payload)),
  );
  const events = socket.iterate({ query: CHANGES });
  const first = events.next().then(({ value }) => told.push(value));
  expect(await standing).toEqual({ following: 'mine' });
  expect(told).toEqual([]);
  await create(11);
  await first;
  expect(told).toMatchObject([{ data: { outcomeChanged: { kind: 'CREATED' } } }]);
  await events.return?.();
  await socket.dispose();
});

it('a key that is taken back ends the stream at the next event', async () => {
  const { key, text } = await addKey(keys.file, { scopes: ['*'] });
  const headers = { authorization: `Bearer ${text}` };
  await expect
    .poll(async () => (await graph.execute('{ __typename }', {}, text)).errors)
    .toBeUndefined();
  const followed = await followEvents(graph.url, CHANGES, { headers });
  await create(1);
  await followed.until(1);
  await changeKeyFile(keys.file, (all) => revokeKey(all, key.id));
  await expect
    .poll(async () => (await graph.execute('{ __typename }', {}, text)).errors?.length)
    .toBe(1);
  await create(2);
  const [, last] = await followed.until(2);
  expect(last?.answer).toEqual({
    errors: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })],
  });
  expect(await followed.ended).toEqual({ isComplete: true });
});

it('so many streams has one client, and no more', async () => {
  const open = await Promise.all(Array.from({ length: 8 }, () => followEvents(graph.url, CHANGES)));
  await expect(followEvents(graph.url, CHANGES)).rejects.toThrow('TOO_MANY_STREAMS');
  for (const { cut } of open) cut();
  await expect
    .poll(() =>
      followEvents(graph.url, CHANGES).then(
        ({ cut }) => cut(),
        () => 'full',
      ),
    )
    .toBeUndefined();
});

it.each([
  ['an event that is not known', CHANGES, { after: '82' }, 'EVENT_ID_UNKNOWN'],
  ['an event that is none', CHANGES, { after: 'đ' }, 'EVENT_ID_UNKNOWN'],
  ['a query', '{ __typename }', {}, 'BAD_REQUEST'],
  ['a field that is not there', 'subscription { x }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['two fields', 'subscription { outcomeChanged { kind } activityChanged { kind } }', {}, 'FAILED'],
  ['no document', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
  ['a wrong variable', CHANGES, { filter: 1 }, 'BAD_USER_INPUT'],
])('%s is refused, and why', async (_what, query, variables, code) => {
  const asked = async () => {
    const followed = await followEvents(graph.url, query, { variables });
    await followed.ended;
    return JSON.stringify(followed.told);
  };
  expect(await asked().catch(String)).toContain(code);
});

it('by POST as if it was a query it is refused, and how to ask is said', async () => {
  const { errors } = await graph.execute(CHANGES);
  expect(errors?.[0]?.extensions).toEqual({ code: 'SUBSCRIPTION_NEEDS_STREAM' });
});

it.each([
  ['of another place', 'http://elsewhere.example', 4403],
  ['that is none', 'null', 4403],
])('a page %s gets no WebSocket', async (_what, origin, code) => {
  const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws', { origin });
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(code);
});

it('over WebSocket there are subscriptions only', async () => {
  const socket = createSocketClient({
    url: graph.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const asked = (async () => {
    await socket.iterate({ query: '{ __typename }' }).next();
  })();
  await expect(asked).rejects.toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  await socket.dispose();
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { healthOf } from '../../subgraphs/shared/databaseHealth.ts';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { joinSubgraphs } from '../../subgraphs/shared/writing/Ask.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { post, type Answer } from '../helpers/graph.ts';
import { startProxy, type Proxy } from '../helpers/startProxy.ts';
import { startWire, type Fate, type Wire } from '../helpers/startWire.ts';
import { cited } from '../helpers/writing.ts';
import { startOwnDatabase } from './ownDatabase.ts';

/** Each fault lasts while clients go on asking; then the database is well, and nothing else is restarted. */

const limits = { poolSize: 10, timeoutMs: 2_000, selectionTimeoutMs: 1_500 };
/** Longer than the limits by what a busy machine may take. */
const LONGEST_MS = limits.timeoutMs + 2_500;
const LIVELY_WITHIN_MS = 2_000;
const AT_ONCE = 40;
const ROUNDS = 3;
const CODES = [
  'DATABASE_UNAVAILABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_REFUSED',
  'DATABASE_OVERLOADED',
];

const ids = '{ campaigns(first: 1) { nodes { id } } recognitions(first: 1) { nodes { id } } }';
const query = `query ($campaign: ID!, $recognition: ID!) {
  campaign(id: $campaign) { name { vi } }
  recognition(id: $recognition) { name { vi } }
}`;

let database: Awaited<ReturnType<typeof startOwnDatabase>>;
let proxy: Proxy;
let wire: Wire;
let gateway: RunningServer;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;
let whole: unknown;
const lines: string[] = [];

const ask = () => post(gateway.url, query, variables);
let variables: { campaign: string; recognition: string };
const readiness = async () => {
  const response = await fetch(new URL('/readyz', gateway.url));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

beforeAll(async () => {
  database = await startOwnDatabase();
  proxy = await startProxy(database.uri);
  wire = await startWire(proxy.uri);
  keys = await createKeys({ police: editorOf('org-cong-an-tinh-thai-binh') });
  const tell = (line: string) => void lines.push(line);
  const settings = { uri: wire.uri, databasePrefix: '', directoryRows: 1_000, limits, tell };
  for (const subgraph of subgraphs) await subgraph.connect(settings);
  joinSubgraphs(subgraphs);
  await seedFacts(subgraphs, () => {});
  const config = readGatewayConfig({ PORT: '0', LOG_LEVEL: 'silent', KEYS_FILE: keys.file });
  gateway = await startGateway(config, { inProcess: subgraphs });
  const { data } = await post(gateway.url, ids);
  const found = data as Record<'campaigns' | 'recognitions', { nodes: { id: string }[] }>;
  variables = {
    campaign: found.campaigns.nodes[0]?.id ?? '',
    recognition: found.recognitions.nodes[0]?.id ?? '',
  };
  whole = await ask();
  expect(whole).not.toHaveProperty('errors');
});

afterAll(async () => {
  await gateway?.close();
  for (const { disconnect } of subgraphs) await disconnect();
  await wire?.close();
  await proxy?.close();
  await database?.close();
  await keys?.remove();
});

/** Names and places that no client may learn. */
function expectNothingInternal(answer: Answer) {
  const text = JSON.stringify(answer.errors);
  expect(text).not.toMatch(
    /127\.0\.0\.1|localhost|ECONN|Mongo|monitor|\bat .+\.ts|disk|collection/i,
  );
  for (const port of [database.uri, proxy.uri, wire.uri].map((uri) => new URL(uri).port)) {
    expect(text).not.toContain(port);
  }
}

function expectHonest(answer: Answer) {
  expect(answer.data).toEqual({ campaign: null, recognition: null });
  expect(answer.errors).toHaveLength(2);
  for (const { extensions } of answer.errors ?? []) {
    expect(CODES).toContain(extensions['code']);
    expect(extensions['retryable']).toBe(true);
    expect(['campaigns', 'recognitions']).toContain(extensions['subgraph']);
  }
  expectNothingInternal(answer);
}

async function expectAlive(): Promise<void> {
  const start = performance.now();
  for (;;) {
    const answer = await ask();
    const took = performance.now() - start;
    if (!answer.errors) {
      expect(answer).toEqual(whole);
      expect(took).toBeLessThan(LIVELY_WITHIN_MS);
      return;
    }
    if (took > 30_000) throw new Error(`still not alive: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Fault {
  title: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

const failing = (fate: Fate, names = ['find', 'aggregate']): Omit<Fault, 'title'> => ({
  begin: () => wire.decide((command) => (names.some((name) => name in command) ? fate : undefined)),
  end: () => wire.decide(undefined),
});
const refusing = (code: number, codeName: string, more: object = {}) =>
  failing({
    ok: 0,
    code,
    codeName,
    errmsg: `${codeName} in collection x of host db1:27017`,
    ...more,
  });

const faults: Fault[] = [
  {
    title: 'the database is killed and started again',
    begin: () => database.kill(),
    end: () => database.startAgain(),
  },
  {
    title: 'it hangs (SIGSTOP)',
    begin: () => database.signal('SIGSTOP'),
    end: () => database.signal('SIGCONT'),
  },
  { title: 'all connections are cut', begin: () => proxy.cut(), end: () => proxy.mend() },
  { title: 'all connections fall silent', begin: () => proxy.freeze(), end: () => proxy.mend() },
  {
    title: 'it is slower than the limit',
    begin: () => wire.delay(30_000),
    end: () => wire.delay(0),
  },
  { title: 'reads are never answered, though it lives', ...failing('silence') },
  { title: 'it hangs up on each read', ...failing('hang up') },
  { title: 'its answers make no sense', ...failing('garbage') },
  { title: 'it has lost its place as the primary', ...refusing(10107, 'NotWritablePrimary') },
  { title: 'it is stepping down', ...refusing(11602, 'InterruptedDueToReplStateChange') },
  { title: 'it is shutting down', ...refusing(91, 'ShutdownInProgress') },
  { title: 'a read takes longer than maxTimeMS', ...refusing(50, 'MaxTimeMSExpired') },
  { title: 'the password has changed', ...refusing(18, 'AuthenticationFailed') },
  { title: 'the user may no longer read', ...refusing(13, 'Unauthorized') },
  { title: 'the disk is full', ...refusing(14031, 'OutOfDiskSpace') },
  {
    title: 'each command and handshake is refused',
    begin: () => wire.decide(() => 'hang up'),
    end: () => wire.decide(undefined),
  },
];

describe.each(faults)('$title', ({ begin, end }) => {
  afterEach(async () => {
    wire.decide(undefined);
    wire.delay(0);
  });

  test('answers stay honest and in time, nothing piles up, and it is over when it is over', async () => {
    const memory = process.memoryUsage().rss;
    await begin();
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const start = performance.now();
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, ask));
        expect(performance.now() - start).toBeLessThan(LONGEST_MS);
        answers.forEach(expectHonest);
        expect((await post(gateway.url, '{ __typename }')).errors).toBeUndefined();
      }
      expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 ** 2);
      // The handshakes of the driver's monitors are connections too.
      expect(wire.size()).toBeLessThan(subgraphs.length * (limits.poolSize + 6));
    } finally {
      await end();
    }
    await expectAlive();
    await expect
      .poll(() => subgraphs.map((each) => healthOf(each.database).pending), { timeout: 20_000 })
      .toEqual([0, 0, 0]);
  });
});

test('/readyz tells of the database, at once for all who ask, and of its return', async () => {
  await database.signal('SIGSTOP');
  await expect
    .poll(readiness, { timeout: 10_000 })
    .toMatchObject({ status: 503, body: { status: 'unready', database: { campaigns: 'down' } } });
  const start = performance.now();
  await Promise.all(Array.from({ length: 50 }, readiness));
  expect(performance.now() - start).toBeLessThan(LONGEST_MS);
  await database.signal('SIGCONT');
  await expect
    .poll(readiness, { timeout: LIVELY_WITHIN_MS })
    .toMatchObject({ status: 200, body: { subgraphs: { campaigns: 'up' } } });
});

test('who runs the service is told once when it goes and when it comes back', async () => {
  lines.splice(0);
  await database.kill();
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  await database.startAgain();
  await expectAlive();
  const ofCampaigns = lines.filter((line) => line.startsWith('database campaigns:'));
  expect(ofCampaigns).toContain('database campaigns: no server takes commands');
  expect(ofCampaigns).toContain('database campaigns: it is there again');
  expect(ofCampaigns.length).toBeLessThan(6);
});

test('a row that changes while nobody tells of it is seen as it is afterwards', async () => {
  const [organizations] = subgraphs;
  if (!organizations) throw new Error('no subgraph');
  const id = 'org-cong-an-tinh-thai-binh';
  const nameOf = async () => {
    const { data } = await post(gateway.url, `{ organization(id: "${id}") { name { vi } } }`);
    return (data as { organization: { name: { vi: string } } | null } | null)?.organization?.name
      .vi;
  };
  // The fault before took away the database of organizations too, and broke the stream: that is
  // begun anew two seconds after an attempt that failed, at most.
  await expect.poll(nameOf, { timeout: 5_000 }).toBeDefined();
  const name = await nameOf();
  const isOpen = () => organizations.directories.some((directory) => directory.isOpen);
  await expect.poll(isOpen, { timeout: 5_000 }).toBe(true);
  await nameOf();
  proxy.cut();
  const rename = (vi: string) =>
    withClient(database.uri, (client) =>
      client
        .db('organizations')
        .collection<{ _id: string }>('organizations')
        .updateOne({ _id: id }, { $set: { 'name.vi': vi } }),
    );
  await rename('Tên mới');
  proxy.mend();
  await expect.poll(nameOf, { timeout: LIVELY_WITHIN_MS, interval: 20 }).toBe('Tên mới');
  await rename(String(name));
  await expect.poll(nameOf, { timeout: 5_000 }).toBe(name);
});

describe('a write', () => {
  const MUTATION = `mutation ($input: OutcomeCreateInput!, $key: String) {
    outcomeCreate(input: $input, idempotencyKey: $key) { outcome { id } userErrors { code message } }
  }`;
  const write = (key: string) => {
    const input = {
      metricCode: 'LEAFLETS',
      name: { vi: 'Tờ rơi' },
      id: `out-fault-${key}`,
      measure: { value: 1, qualifier: 'EXACT', asPrinted: '1' },
      period: { from: '2024' },
      contributorIds: ['org-cong-an-tinh-thai-binh'],
      provenance: [cited()],
    };
    return post(gateway.url, MUTATION, { input, key }, keys.keys.police);
  };
  const written = (key: string) => ({
    data: { outcomeCreate: { outcome: { id: `out-fault-${key}` }, userErrors: [] } },
  });

  const cases: (Fault & { outcome: string })[] = [
    {
      title: 'whose commit is never answered',
      outcome: 'UNKNOWN',
      ...failing('silence', ['commitTransaction']),
    },
    {
      title: 'whose commit is lost with the line',
      outcome: 'UNKNOWN',
      ...failing('hang up', ['commitTransaction']),
    },
    {
      title: 'to a full disk',
      outcome: 'NOT_WRITTEN',
      ...failing({ ok: 0, code: 14031, codeName: 'OutOfDiskSpace', errmsg: 'no' }, ['insert']),
    },
    {
      title: 'to a database that hangs',
      outcome: 'NOT_WRITTEN',
      begin: () => database.signal('SIGSTOP'),
      end: () => database.signal('SIGCONT'),
    },
  ];

  test.each(cases)(
    '$title: its client is told what is known, and may send it again',
    async (each) => {
      const key = each.title.replaceAll(' ', '-');
      expect(await write(`${key}-before`)).toEqual(written(`${key}-before`));
      await each.begin();
      try {
        const start = performance.now();
        const answer = await write(key);
        expect(performance.now() - start).toBeLessThan(2 * LONGEST_MS);
        const [error] = answer.errors ?? [];
        expect(CODES).toContain(error?.extensions['code']);
        expect(error?.extensions).toMatchObject({ retryable: true, outcome: each.outcome });
        expect(error?.message).toContain('idempotencyKey');
        expectNothingInternal(answer);
      } finally {
        await each.end();
      }
      // What it had locked is free again: the same record is written at once, and once.
      const again = performance.now();
      await expect.poll(() => write(key), { timeout: 10_000, interval: 100 }).toEqual(written(key));
      expect(performance.now() - again).toBeLessThan(5_000);
      expect(await write(key)).toEqual(written(key));
    },
  );
});

import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../scripts/database/Database.ts';
import { provideDatabase } from '../../scripts/database/provideDatabase.ts';
import { readRecord } from '../../scripts/database/record.ts';
import { withClient } from '../../scripts/database/withClient.ts';
import { post } from '../helpers/graph.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { startScript, type RunningScript } from '../helpers/startScript.ts';
import { cited } from '../helpers/writing.ts';

/**
 * Nothing that was acknowledged is lost: the service, the database, and both are killed in the middle of many
 * writes. Whatever was under way is sent again with its key, and stands there once.
 */

const dataDir = resolve('.data/test-crash');
const databasePrefix = `crash_${randomUUID().slice(0, 8)}_`;
const WRITERS = 8;
const METRIC = 'LEAFLETS';

let database: Database;
let service: RunningScript;
let url: string;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;

const sent = new Map<string, number>();
const acknowledged = new Map<string, string>();

async function start(): Promise<void> {
  database = await provideDatabase({ dataDir, log: () => {} });
  service = startScript('scripts/start.ts', {
    MONGODB_URI: database.uri,
    DATABASE_PREFIX: databasePrefix,
    KEYS_FILE: keys.file,
    PORT: '0',
    ORGANIZATIONS_PORT: '0',
    CAMPAIGNS_PORT: '0',
    RECOGNITIONS_PORT: '0',
    LOG_LEVEL: 'silent',
  });
  url = (await service.line(/^ready /)).replace('ready ', '');
}

const MUTATION = `mutation ($input: OutcomeCreateInput!, $key: String) {
  outcomeCreate(input: $input, idempotencyKey: $key) { outcome { id } userErrors { code message } }
}`;

/** Sends one write; gives the id once it is acknowledged. */
async function send(key: string, value: number): Promise<string> {
  const input = {
    metricCode: METRIC,
    name: { vi: 'Tờ rơi' },
    // Many of one name would wait for one another's ids.
    id: `out-${key}`,
    measure: { value, qualifier: 'EXACT', asPrinted: String(value) },
    period: { from: '2024' },
    contributorIds: ['org-cong-an-tinh-thai-binh'],
    provenance: [cited()],
  };
  sent.set(key, value);
  const { data, errors } = await post(url, MUTATION, { input, key }, keys.keys.police);
  const payload = (data as { outcomeCreate?: { outcome?: { id: string } | null } | null } | null)
    ?.outcomeCreate;
  const id = payload?.outcome?.id;
  if (!id) throw new Error(`not acknowledged: ${JSON.stringify(errors ?? payload)}`);
  acknowledged.set(key, id);
  return id;
}

/** Writes without a pause until `enough` are acknowledged and `kill` has struck. */
async function writeUntilKilled(round: number, enough: number, kill: () => Promise<void>) {
  let isDown = false;
  const before = acknowledged.size;
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let number = 0; !isDown; number += 1) {
      await send(`round-${round}-${writer}-${number}`, number).catch(() => {
        isDown = true;
      });
    }
  });
  await expect
    .poll(() => acknowledged.size - before, { interval: 5, timeout: 30_000 })
    .toBeGreaterThan(enough);
  await kill();
  // Whoever waits for a database that is gone need not wait on.
  service.process.kill('SIGKILL');
  await Promise.all([service.ended, ...writers]);
}

const killService = async () => {
  service.process.kill('SIGKILL');
  await service.ended;
};

const killDatabase = async () => {
  const record = await readRecord(dataDir);
  if (!record) throw new Error('no database is recorded');
  process.kill(record.pid, 'SIGKILL');
  await database.exited;
};

/** What stands in the database: rows, their entries and the keys, by the ids of the records. */
const readAll = () =>
  withClient(database.uri, async (client) => {
    const db = client.db(`${databasePrefix}campaigns`);
    const ids = async (collection: string, filter: object, field: string) =>
      (await db.collection(collection).find(filter).toArray())
        .map((row) =>
          String(row[field])
            .replace(/^Outcome\//, '')
            .replace(/@1$/, ''),
        )
        .sort();
    return {
      rows: await ids('outcomes', { _id: /^out-round-/ }, '_id'),
      entries: await ids('changes', {}, '_id'),
      keys: await ids('idempotencyKeys', {}, 'entryId'),
    };
  });

beforeAll(async () => {
  keys = await createKeys({ police: editorOf('org-cong-an-tinh-thai-binh') });
  await start();
});

afterAll(async () => {
  service?.process.kill('SIGTERM');
  await service?.ended;
  await withClient(database.uri, async (client) => {
    for (const name of ['organizations', 'campaigns', 'recognitions']) {
      await client.db(`${databasePrefix}${name}`).dropDatabase();
    }
  });
  await database?.close();
  await keys?.remove();
});

it('no acknowledged write is lost, and none is written twice', async () => {
  const rounds: [string, () => Promise<void>][] = [
    ['service', killService],
    ['database', killDatabase],
    ['both', () => Promise.all([killDatabase(), killService()]).then(() => undefined)],
  ];
  for (const [round, [what, kill]] of rounds.entries()) {
    await writeUntilKilled(round, 40, kill);
    await database.close();
    await start();

    const { rows, entries, keys: known } = await readAll();
    const lost = [...acknowledged.values()].filter((id) => !rows.includes(id));
    console.log(
      `${what} killed: ${sent.size} sent, ${acknowledged.size} acknowledged, ${rows.length} written, ${lost.length} lost`,
    );
    expect(lost).toEqual([]);
    // Row, entry and key are there together or not at all.
    expect(entries).toEqual(rows);
    expect(known).toEqual(rows);
  }

  const unanswered = [...sent].filter(([key]) => !acknowledged.has(key));
  for (const [key, value] of unanswered) await send(key, value);
  const again = await send('round-0-0-0', 0);
  expect(again).toBe('out-round-0-0-0');
  const { rows, entries } = await readAll();
  expect(rows).toEqual([...sent.keys()].map((key) => `out-${key}`).sort());
  expect(entries).toEqual(rows);
});

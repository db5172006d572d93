import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { SecurityModelModel } from '../../subgraphs/campaigns/models/SecurityModel.ts';
import { kinds } from '../../subgraphs/campaigns/writing/kinds.ts';
import { write } from '../../subgraphs/campaigns/writing/write.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { copyDataSet } from '../helpers/dataSetCopy.ts';
import { connectDatabases, dump } from '../helpers/databases.ts';
import { createRecords } from '../helpers/factories.ts';
import { startScript } from '../helpers/startScript.ts';

/** The seed is idempotent, safe to interrupt, and touches nothing but its own records. */

type Dump = Awaited<ReturnType<typeof dump>>;

let databases: Awaited<ReturnType<typeof connectDatabases>>;
let seeded: Dump;
const lines: string[] = [];

const seed = (folder?: URL) => seedFacts(subgraphs, (line) => lines.push(line), folder);

/** Runs `npm run seed` on the same databases, as a process of its own. */
const seedByCommand = () =>
  startScript('scripts/seed.ts', {
    MONGODB_URI: databases.uri,
    DATABASE_PREFIX: databases.databasePrefix,
  });

beforeAll(async () => {
  databases = await connectDatabases();
  await seed();
  seeded = await dump();
});

beforeEach(() => {
  lines.length = 0;
});

afterAll(() => databases?.close());

it('the first seed says what it wrote', async () => {
  expect(Object.keys(seeded)).toHaveLength(5 + 8 + 2 + 3 * 3);
  expect(seeded['campaigns.outcomes']?.documents).toHaveLength(28);
});

it('seeding again changes nothing, and says so', async () => {
  await seed();
  expect(await dump()).toEqual(seeded);
  expect(lines).toEqual([
    'facts: organizations has them already',
    'facts: campaigns has them already',
    'facts: recognitions has them already',
  ]);
});

it('seeding again from the command line changes nothing', async () => {
  const run = seedByCommand();
  expect(await run.ended, run.output()).toBe(0);
  expect(run.output()).toContain('facts: recognitions has them already');
  expect(await dump()).toEqual(seeded);
});

interface Note {
  _id: string;
  version: string | null;
}

/** What each database notes of the data set: null while it is being written. */
async function versions(): Promise<unknown[]> {
  const notes = subgraphs.map(({ database }) =>
    database.collection<Note>('dataSets').findOne({ _id: 'facts' }),
  );
  return (await Promise.all(notes)).map((note) => note?.version);
}

it('killed five times on its way, it is made whole by the next run', async () => {
  await databases.empty();
  let unfinished = 0;
  for (const [name, collection] of [
    ['organizations', 'units'],
    ['organizations', 'officials'],
    ['campaigns', 'activities'],
    ['campaigns', 'outcomes'],
    ['recognitions', 'recognitions'],
  ]) {
    const database = subgraphs.find((subgraph) => subgraph.name === name)?.database;
    await database?.dropDatabase();
    const run = seedByCommand();
    let isRunning = true;
    void run.ended.then(() => (isRunning = false));
    // From the first row on, at a random moment.
    for (let looks = randomInt(4); isRunning && looks >= 0;) {
      if (await database?.collection(collection ?? '').findOne({})) looks -= 1;
    }
    run.process.kill('SIGKILL');
    await run.ended;
    if ((await versions()).some((version) => typeof version !== 'string')) unfinished += 1;
  }
  expect(unfinished).toBeGreaterThan(2);
  await seed();
  expect(await dump()).toEqual(seeded);
}, 120_000);

/** The dump without some records, by the text of their ids. */
const without = (all: Dump, pattern: RegExp): Dump =>
  Object.fromEntries(
    Object.entries(all).map(([name, { documents, indexes }]) => [
      name,
      { documents: documents.filter((document) => !pattern.test(document)), indexes },
    ]),
  );

it('a changed data set takes the place of the one before, and other records stay', async () => {
  const copy = await copyDataSet();
  onTestFinished(() => copy.remove());
  await copy.change('recognitions', (records) =>
    records.filter(({ id }) => id !== 'rec-dt-ky-niem-chuong'),
  );
  await copy.change('models', (records) => records.filter(({ id }) => id !== 'mdl-dan-van-kheo'));
  await copy.change('campaigns', (records) => {
    Object.assign(records.find(({ id }) => id === 'prog-09-bca-mttw') ?? {}, { nameVi: 'Đổi tên' });
  });
  await copy.change('discrepancies', ([first, ...rest]) => [
    { ...(first as (typeof rest)[number]), id: 'note-moi' },
    ...rest,
  ]);
  const others = createRecords();
  others.createRecognition({ campaign: others.createCampaign().id });
  others.createOutcome();
  await others.store();
  const before = await dump();

  await seed(copy.folder);
  const after = await dump();
  const idsIn = (collection: string, all: Dump) =>
    (all[collection]?.documents ?? []).map((text) => /_id\0.{4}([^\0]*)\0/s.exec(text)?.[1]);
  const gone = (collection: string) =>
    idsIn(collection, before).filter((id) => !idsIn(collection, after).includes(id));
  const come = (collection: string) =>
    idsIn(collection, after).filter((id) => !idsIn(collection, before).includes(id));
  expect([gone('recognitions.recognitions'), come('recognitions.recognitions')]).toEqual([
    ['rec-dt-ky-niem-chuong'],
    [],
  ]);
  expect([gone('campaigns.models'), come('campaigns.models')]).toEqual([['mdl-dan-van-kheo'], []]);
  expect([gone('organizations.notes').length, come('organizations.notes')]).toEqual([
    1,
    ['note-moi'],
  ]);
  expect([gone('campaigns.campaigns'), come('campaigns.campaigns')]).toEqual([[], []]);
  const named = after['campaigns.campaigns']?.documents.filter((text) =>
    text.includes(Buffer.from('Đổi tên').toString('latin1')),
  );
  expect(named).toHaveLength(1);

  await seed();
  expect(await dump()).toEqual(before);
  expect(without(before, /-\d{6}\0|SESSIONS/)).toEqual(without(seeded, /-\d{6}\0|SESSIONS/));
});

it('what an agency has written since stands, whatever a later data set says', async () => {
  await databases.empty();
  await seed();
  const viewer = {
    agency: 'org-bo-cong-an',
    roles: ['administrator'],
    scopes: ['*'],
    subject: 'x',
  };
  const change = {
    operation: 'UPDATE' as const,
    version: 1,
    input: { isExemplary: true },
    source: { sourceId: 'src-bao-thai-binh-2022-02-21', paragraphs: [1] },
  };
  for (const id of ['mdl-dan-van-kheo', 'mdl-hiep-sy-duong-pho']) {
    expect(await write(kinds.securityModel, { ...change, id }, viewer)).toMatchObject({
      problems: [],
    });
  }
  const copy = await copyDataSet();
  onTestFinished(() => copy.remove());
  await copy.change('models', (records) => {
    for (const record of records) record['nameVi'] = 'Đổi tên';
    return records.filter(({ id }) => id !== 'mdl-dan-van-kheo');
  });
  await seed(copy.folder);
  const rows = await SecurityModelModel.find({ isExemplary: true, version: 2 })
    .sort({ _id: 1 })
    .lean();
  expect(rows.map(({ _id }) => _id)).toEqual(['mdl-dan-van-kheo', 'mdl-hiep-sy-duong-pho']);
  expect(rows.map(({ name }) => name.vi)).not.toContain('Đổi tên');
});

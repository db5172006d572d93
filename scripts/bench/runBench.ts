import { createClient } from './createClient.ts';
import { createSteps, type Steps } from './createSteps.ts';
import { allRequests, learnAnswers } from './learnAnswers.ts';
import { measureRounds, type Contestant } from './measure.ts';
import { createScalingRequests, measureScaling } from './measureScaling.ts';
import type { VariantName } from './names.ts';
import { createOperations, type Operation } from './operations/createOperations.ts';
import type { Data } from './prepareData.ts';
import type { Flags } from './readFlags.ts';
import { describeMachine, readVersions } from './report/describeMachine.ts';
import type { Result, Row, ScalingRow } from './Row.ts';
import { startVariant } from './startVariant.ts';
import { verify, type Answers, type Commands } from './verify.ts';

interface Entry {
  name: VariantName;
  coalescing: boolean;
}

/** The variants to run: the embedded one once more, with coalescing, as rows of its own. */
const entriesOf = ({ variants }: Flags): Entry[] =>
  variants.flatMap((name) => [
    { name, coalescing: false },
    ...(name === 'embedded' ? [{ name, coalescing: true }] : []),
  ]);

/** Compares the answers of all variants, then measures them side by side. */
export async function runBench(
  flags: Flags,
  data: Data,
  log: (line: string) => void,
): Promise<Result> {
  const operations = createOperations(data.samples).filter(({ name }) =>
    flags.operations.includes(name),
  );
  const entries = entriesOf(flags);
  const { databases, rounds } = flags;
  const measured = databases.length * rounds * operations.length * entries.length;
  log(`bench: comparing the answers of ${entries.length} variants before anything is measured`);
  const commands = await compareAnswers(
    entries,
    operations,
    data,
    createSteps(entries.length, log),
  );
  const contestants = await startAll(entries, operations, data, log);
  const steps = createSteps(measured, log);
  try {
    const { rows, ...more } = await measureAll(flags, operations, contestants, steps, log);
    return {
      machine: describeMachine(data.database.rung),
      versions: await readVersions(),
      size: flags.size.name,
      rows: rows.map((row) =>
        row.database === 'mongodb'
          ? { ...row, commands: commands.get(nameOf(row))?.[row.operation] ?? NaN }
          : row,
      ),
      ...more,
    };
  } finally {
    await stopAll(contestants);
  }
}

const nameOf = ({ variant, coalescing }: Pick<Row, 'variant' | 'coalescing'>) =>
  `${variant} ${coalescing}`;

/** Asks one variant after the other, and counts the commands of each: not while anything is measured. */
async function compareAnswers(
  entries: readonly Entry[],
  operations: readonly Operation[],
  { database, databasePrefix, folder }: Data,
  steps: Steps,
): Promise<Map<string, Commands>> {
  const answers: Answers = new Map();
  const commands = new Map<string, Commands>();
  for (const entry of entries) {
    const settings = { ...entry, uri: database.uri, databasePrefix, folder };
    const variant = await startVariant({ ...settings, monitorCommands: true });
    try {
      await variant.tell({ order: 'expect', requests: allRequests(operations) });
      const counted = await verify(variant, operations, answers);
      commands.set(nameOf({ variant: entry.name, coalescing: entry.coalescing }), counted);
    } finally {
      await variant.stop();
    }
    steps.done(`${entry.name} answers as the others do`);
  }
  return commands;
}

async function startAll(
  entries: readonly Entry[],
  operations: readonly Operation[],
  { database, databasePrefix, folder }: Data,
  log: (line: string) => void,
): Promise<Contestant[]> {
  log('bench: starting all variants');
  const contestants: Contestant[] = [];
  for (const entry of entries) {
    const settings = { ...entry, uri: database.uri, databasePrefix, folder };
    const variant = await startVariant({ ...settings, monitorCommands: false });
    await variant.tell({ order: 'expect', requests: allRequests(operations) });
    contestants.push({ variant, client: createClient(variant) });
  }
  return contestants;
}

async function stopAll(contestants: readonly Contestant[]): Promise<void> {
  for (const { variant, client } of contestants) {
    await client.close();
    await variant.stop();
  }
}

async function measureAll(
  { databases, rounds, seconds }: Flags,
  operations: readonly Operation[],
  contestants: readonly Contestant[],
  steps: Steps,
  log: (line: string) => void,
): Promise<Pick<Result, 'rows' | 'scaling' | 'idleRssMb'>> {
  const own = contestants.find(({ variant }) => variant.name === 'embedded' && !variant.coalescing);
  const idleRssMb = own ? (await own.variant.tell({ order: 'usage' })).rssMb : null;
  const lengths = own ? await createScalingRequests(own.client) : [];
  const rows: Row[] = [];
  let scaling: ScalingRow[] = [];
  for (const database of databases) {
    for (const contestant of contestants) {
      if (database === 'mongodb') {
        await contestant.variant.tell({ order: 'stub', mode: 'off' });
        continue;
      }
      log(`bench: ${contestant.variant.name} learns what its database answers`);
      const requests = allRequests(operations);
      const more = contestant === own ? lengths.map(({ request }) => request) : [];
      await learnAnswers(contestant, [...requests, ...more]);
    }
    const onMeasured = (what: string) => steps.done(what);
    rows.push(
      ...(await measureRounds({
        contestants,
        operations,
        database,
        seconds,
        rounds,
        onMeasured,
      })),
    );
    // What grows with the list is ours: the database stays out of it where it can.
    if (own && !scaling.length) {
      scaling = await measureScaling(own, lengths, { seconds, rounds });
    }
  }
  return { rows, scaling, idleRssMb };
}

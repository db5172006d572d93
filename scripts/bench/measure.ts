import type { Client, Query } from './createClient.ts';
import type { DatabaseName } from './names.ts';
import type { Operation } from './operations/createOperations.ts';
import type { Row } from './Row.ts';
import type { Variant } from './startVariant.ts';
import { median, percentile } from './statistics.ts';

/** A variant with the client that asks it. */
export interface Contestant {
  variant: Variant;
  client: Client;
}

export type Measurement = Pick<
  Row,
  'cpuMsPerRequest' | 'requestsPerSecond' | 'p50Ms' | 'p99Ms' | 'rssMb' | 'commands'
>;

/** One measurement: the processes of the variant do nothing else, before or after. */
export async function measure(
  { variant, client }: Contestant,
  requests: readonly Query[],
  seconds: number,
): Promise<Measurement> {
  if (requests[0]) await client.wake(requests[0]);
  const before = await variant.tell({ order: 'usage' });
  const { latencies, elapsedMs } = await client.load(requests, { seconds, atLeast: 1 });
  const after = await variant.tell({ order: 'usage' });
  const count = latencies.length;
  return {
    cpuMsPerRequest: (after.cpuMs - before.cpuMs) / count,
    requestsPerSecond: count / (elapsedMs / 1_000),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    rssMb: after.rssMb,
    commands: (after.reads - before.reads) / count,
  };
}

/** A program gets quicker for thousands of requests; it is warm when it gains less than this from one stretch to the next. */
const GAIN_WHEN_WARM = 0.05;
const WARM_UP_SECONDS = 1.5;

/** Loads a variant until it gets no quicker, at most so many times. */
async function warmUp(contestant: Contestant, requests: readonly Query[], most: number) {
  if (requests[0]) await contestant.client.wake(requests[0]);
  let best = Infinity;
  for (let stretch = 0; stretch < most; stretch += 1) {
    const before = await contestant.variant.tell({ order: 'usage' });
    const { latencies } = await contestant.client.load(requests, {
      seconds: WARM_UP_SECONDS,
      atLeast: requests.length,
    });
    const after = await contestant.variant.tell({ order: 'usage' });
    const cpu = (after.cpuMs - before.cpuMs) / latencies.length;
    if (stretch > 1 && cpu > best * (1 - GAIN_WHEN_WARM)) return;
    best = Math.min(best, cpu);
  }
}

/** What a variant has learned on the stub it needs not learn again; the database takes its time as well. */
const mostStretches = { stub: 8, mongodb: 1 };

export interface Rounds {
  contestants: readonly Contestant[];
  operations: readonly Operation[];
  database: DatabaseName;
  seconds: number;
  rounds: number;
  /** Called after each measurement. */
  onMeasured: (what: string) => void;
}

/** Measures all variants by turns, each of them in each round, so that what disturbs one disturbs all. */
export async function measureRounds({
  contestants,
  operations,
  database,
  seconds,
  rounds,
  onMeasured,
}: Rounds): Promise<Row[]> {
  const found = new Map<string, { row: Omit<Row, keyof Measurement>; all: Measurement[] }>();
  for (let round = 0; round < rounds; round++) {
    for (const { name: operation, requests } of operations) {
      for (const contestant of contestants) {
        const { name, coalescing } = contestant.variant;
        const row = { variant: name, operation, database, coalescing };
        const key = JSON.stringify(row);
        const entry = found.get(key) ?? { row, all: [] };
        found.set(key, entry);
        if (round === 0) await warmUp(contestant, requests, mostStretches[database]);
        entry.all.push(await measure(contestant, requests, seconds));
        onMeasured(`${name}${coalescing ? ' coalescing' : ''}, ${operation}, ${database}`);
      }
    }
  }
  return [...found.values()].map(({ row, all }) => ({ ...row, ...medians(all) }));
}

/** The median of each figure by itself. */
export function medians(all: readonly Measurement[]): Measurement {
  const of = (figure: keyof Measurement) => median(all.map((each) => each[figure]));
  return {
    cpuMsPerRequest: of('cpuMsPerRequest'),
    requestsPerSecond: of('requestsPerSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    rssMb: of('rssMb'),
    commands: of('commands'),
  };
}

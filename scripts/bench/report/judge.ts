import type { DatabaseName, OperationName, VariantName } from '../names.ts';
import type { Result, Row } from '../Row.ts';
import { figure } from './writeTable.ts';

/** A promise and what was measured of it. */
export interface Verdict {
  promise: string;
  measured: string;
  isKept: boolean;
}

interface Target {
  dearer: VariantName;
  cheaper: VariantName;
  operation: OperationName;
  database: DatabaseName;
  /** How often the cost of the cheaper one that of the dearer one should be. */
  atLeast?: number;
  atMost?: number;
}

const both = (
  target: Omit<Target, 'database' | 'atLeast' | 'atMost'>,
  bound: 'atLeast' | 'atMost',
  stub: number,
  mongodb: number,
): Target[] => [
  { ...target, database: 'stub', [bound]: stub },
  { ...target, database: 'mongodb', [bound]: mongodb },
];

const nested = { operation: 'nested', cheaper: 'embedded' } as const;
const targets: readonly Target[] = [
  ...both({ ...nested, dearer: 'stock' }, 'atLeast', 25, 8),
  ...both({ ...nested, dearer: 'hive' }, 'atLeast', 15, 2),
  ...both({ ...nested, dearer: 'yoga' }, 'atLeast', 4, 1.5),
  ...both({ ...nested, dearer: 'mercurius-jit' }, 'atLeast', 1, 1),
  ...both({ ...nested, operation: 'mix', dearer: 'mercurius-jit' }, 'atLeast', 1, 1),
  ...both({ operation: 'nested', dearer: 'embedded', cheaper: 'limit' }, 'atMost', 1.5, 1.3),
  ...(['single', 'nested', 'mix'] as const).flatMap((operation) =>
    both({ operation, dearer: 'embedded', cheaper: 'unguarded' }, 'atMost', 1.05, 1.05),
  ),
  ...both({ operation: 'nested', dearer: 'stock', cheaper: 'distributed' }, 'atLeast', 2, 2),
];

const MOST_IDLE_MB = 150;
const MOST_BUSY_MB = 300;
/** What is linear measures a little more now and then. */
const NOISE = 1.1;

function judgeRatio(rows: readonly Row[], target: Target): Verdict[] {
  const { dearer, cheaper, operation, database, atLeast = 0, atMost = Infinity } = target;
  const costOf = (wanted: VariantName) =>
    rows.find(
      ({ coalescing, ...row }) =>
        !coalescing &&
        row.variant === wanted &&
        row.operation === operation &&
        row.database === database,
    )?.cpuMsPerRequest;
  const [more, less] = [costOf(dearer), costOf(cheaper)];
  if (more === undefined || less === undefined) return [];
  const ratio = more / less;
  const bound = atLeast ? `at least ${atLeast}` : `at most ${atMost}`;
  return [
    {
      promise: `${operation}, ${database}: ${dearer} costs ${bound} × ${cheaper}`,
      measured: `${figure(ratio)} ×`,
      isKept: ratio >= atLeast && ratio <= atMost,
    },
  ];
}

function judgeScaling({ scaling }: Result): Verdict[] {
  return scaling.slice(1).flatMap(({ items, cpuMsPerRequest }, index) => {
    const shorter = scaling[index];
    if (!shorter) return [];
    const growth = cpuMsPerRequest / shorter.cpuMsPerRequest;
    const linear = items / shorter.items;
    return [
      {
        promise: `${items} items cost at most ${linear} × ${shorter.items}`,
        measured: `${figure(growth)} ×`,
        isKept: growth <= linear * NOISE,
      },
    ];
  });
}

function judgeMemory({ rows, idleRssMb }: Result): Verdict[] {
  // What the stub remembers is no part of the product.
  const busy = rows
    .filter(({ variant, database }) => variant === 'embedded' && database === 'mongodb')
    .map(({ rssMb }) => rssMb);
  const most = (what: string, bound: number, measured: number): Verdict => ({
    promise: `embedded holds at most ${bound} MB ${what}`,
    measured: `${Math.round(measured)} MB`,
    isKept: measured <= bound,
  });
  return [
    ...(idleRssMb === null ? [] : [most('when idle', MOST_IDLE_MB, idleRssMb)]),
    ...(busy.length ? [most('under load', MOST_BUSY_MB, Math.max(...busy))] : []),
  ];
}

/** Holds what was measured against what is promised, as far as it was measured. */
export const judge = (result: Result): Verdict[] => [
  ...targets.flatMap((target) => judgeRatio(result.rows, target)),
  ...judgeScaling(result),
  ...judgeMemory(result),
];

export const writeVerdicts = (verdicts: readonly Verdict[]): string =>
  verdicts
    .map(
      ({ promise, measured, isKept }) =>
        `${isKept ? 'ok    ' : 'missed'}  ${promise}; measured ${measured}`,
    )
    .join('\n');

import { z } from 'zod';
import { wholeNumber } from '../../../subgraphs/shared/settings.ts';
import { UserError } from '../../../subgraphs/shared/UserError.ts';

/** What operations may cost. */
export interface CostConfig {
  /** What one operation may cost; undefined where it may cost anything. */
  limit: number | undefined;
  /** How long lists are taken to be of which the schema does not say it. */
  listSize: number;
  /** What each key or address may spend; undefined where nobody counts. */
  bucket: CostBucketConfig | undefined;
  /** Who is told the cost of an answer; a refused request is told it in any case. */
  report: 'always' | 'asked' | 'never';
}

export interface CostBucketConfig {
  capacity: number;
  restorePerS: number;
  /** Whether requests from this machine itself are not charged. */
  sparesLoopback: boolean;
}

const LIMIT = 1_000_000;
const BUCKET = 2_000_000;
const RESTORE_PER_S = 100_000;

/** The settings of cost by the names that they have in the environment. */
export const costSettings = {
  COST_LIMIT: wholeNumber(0, 1_000_000_000).default(LIMIT),
  COST_LIST_SIZE: wholeNumber(1, 1_000).default(10),
  COST_BUCKET: wholeNumber(0, 1_000_000_000).optional(),
  COST_RESTORE_PER_S: wholeNumber(1, 1_000_000_000).default(RESTORE_PER_S),
  COST_REPORT: z
    .enum(['always', 'asked', 'never'], { error: 'must be always, asked or never' })
    .default('asked'),
};

type Settings = z.output<z.ZodObject<typeof costSettings>>;

/**
 * The settings of cost, from values that were checked one by one.
 * @throws UserError when they do not go together.
 */
export function toCostConfig(settings: Settings): CostConfig {
  const { COST_LIMIT: limit, COST_BUCKET: bucket, COST_RESTORE_PER_S: restorePerS } = settings;
  if (bucket && bucket < limit) {
    throw new UserError(
      `COST_BUCKET=${bucket} must hold at least one operation: set it to COST_LIMIT (${limit}) or more, or to 0 for none`,
    );
  }
  return {
    limit: limit || undefined,
    listSize: settings.COST_LIST_SIZE,
    bucket:
      bucket === 0
        ? undefined
        : {
            capacity: bucket ?? Math.max(BUCKET, limit),
            restorePerS,
            sparesLoopback: bucket === undefined,
          },
    report: settings.COST_REPORT,
  };
}

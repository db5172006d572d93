import type { z } from 'zod';
import { wholeNumber } from '../settings.ts';

/** How often one may ask. */
export interface RateConfig {
  /** Requests a second of one key or address; undefined where nobody counts. */
  requestsPerS: number | undefined;
  /** So many seconds' worth of requests may come at once. */
  burstS: number;
  /** Whether requests from this machine itself are not counted. */
  sparesLoopback: boolean;
  /** Wrong keys and tokens a minute from one address; undefined where nobody counts. */
  wrongKeysPerMinute: number | undefined;
}

/** Many people of one office share an address, and a dashboard asks some dozen things at once. */
const REQUESTS_PER_S = 200;

/** Settings of every server, by the names that they have in the environment. */
export const rateSettings = {
  RATE_LIMIT_PER_S: wholeNumber(0, 1_000_000).optional(),
  RATE_LIMIT_BURST_S: wholeNumber(1, 3_600).default(10),
  WRONG_KEYS_PER_MINUTE: wholeNumber(0, 1_000_000).default(60),
};

type Settings = z.output<z.ZodObject<typeof rateSettings>>;

/** The settings of rates, from values that were checked. */
export const toRateConfig = ({
  RATE_LIMIT_PER_S: perS,
  RATE_LIMIT_BURST_S: burstS,
  WRONG_KEYS_PER_MINUTE: wrongKeys,
}: Settings): RateConfig => ({
  requestsPerS: perS === 0 ? undefined : (perS ?? REQUESTS_PER_S),
  burstS,
  sparesLoopback: perS === undefined,
  wrongKeysPerMinute: wrongKeys || undefined,
});

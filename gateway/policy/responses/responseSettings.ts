import type { z } from 'zod';
import { wholeNumber } from '../../../subgraphs/shared/settings.ts';

/** How long answers to the public are kept, and how many. */
export interface ResponseConfig {
  /** 0: none are kept. */
  maxBytes: number;
  /** How old an answer may be where the schema says nothing of it. */
  defaultAgeS: number;
}

/** The settings of the response cache by the names that they have in the environment. */
export const responseSettings = {
  RESPONSE_CACHE_MB: wholeNumber(0, 10_000).default(16),
  // Whoever writes to the database by another way than this gateway expects to read it at once, so do other
  // gateways' clients: nobody but the operator knows how old an answer may be.
  RESPONSE_CACHE_DEFAULT_S: wholeNumber(0, 86_400).default(0),
};

/** The settings of the response cache, from values that were checked. */
export const toResponseConfig = (
  settings: z.output<z.ZodObject<typeof responseSettings>>,
): ResponseConfig => ({
  maxBytes: settings.RESPONSE_CACHE_MB * 1024 * 1024,
  defaultAgeS: settings.RESPONSE_CACHE_DEFAULT_S,
});

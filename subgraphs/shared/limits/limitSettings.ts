import { z } from 'zod';
import { wholeNumber } from '../settings.ts';

const many = 1_000_000;

/**
 * How much one request may hold, by the names that limits have in the environment. An ordinary page asks for a
 * tenth of it, and so does the introspection of an explorer; what is more than this has been made to hurt.
 */
export const limitSettings = {
  LIMIT_CHARACTERS: wholeNumber(100, many).default(100_000),
  LIMIT_TOKENS: wholeNumber(10, many).default(15_000),
  // An alias stands in the answer as often as its field.
  LIMIT_NAME_CHARACTERS: wholeNumber(10, many).default(250),
  // Parsers and validators call themselves for each level: thousands of levels end the stack.
  LIMIT_NESTING: wholeNumber(10, 500).default(64),
  LIMIT_OPERATIONS: wholeNumber(1, many).default(20),
  LIMIT_FRAGMENTS: wholeNumber(0, many).default(100),
  // Explorers read the schema with 14 levels.
  LIMIT_DEPTH: wholeNumber(1, 500).default(25),
  LIMIT_ROOT_FIELDS: wholeNumber(1, many).default(50),
  LIMIT_ALIASES: wholeNumber(0, many).default(200),
  LIMIT_DIRECTIVES: wholeNumber(0, many).default(100),
  LIMIT_DIRECTIVES_PER_PLACE: wholeNumber(0, many).default(8),
  // 1 kB of fragments that multiply kept the planner busy for 19 s; 5,000 were still too many.
  LIMIT_SELECTIONS: wholeNumber(1, many).default(1_000),
  // Validation compares each with each.
  LIMIT_REPEATS: wholeNumber(1, many).default(100),
  LIMIT_LIST_ITEMS: wholeNumber(1, many).default(1_000),
  LIMIT_VARIABLES_KB: wholeNumber(1, 102_400).default(256),
};

/** The name of a limit, as it is set. */
export type LimitName = keyof typeof limitSettings;

/** How much one request may hold. */
export type Limits = Readonly<Record<LimitName, number>>;

/** What holds where nothing is set. */
export const DEFAULT_LIMITS: Limits = z.object(limitSettings).parse({});

/** The limits among other settings that were checked. */
export function toLimits(settings: Limits): Limits {
  const limits: Record<LimitName, number> = { ...DEFAULT_LIMITS };
  for (const name of limitNames) limits[name] = settings[name];
  return limits;
}

/**
 * What a subgraph lets pass: far more, because its gateway splits, merges and spells out what clients ask for,
 * and has held it against their limits. Levels and repeats do not grow by that.
 */
export function limitsBehindGateway(limits: Limits): Limits {
  const wider: Record<LimitName, number> = { ...limits };
  for (const name of limitNames) if (!SAME_BEHIND_GATEWAY.has(name)) wider[name] *= 10;
  return wider;
}

const limitNames = Object.keys(limitSettings).filter(
  (name) => name in DEFAULT_LIMITS,
) as LimitName[];

const SAME_BEHIND_GATEWAY = new Set<LimitName>([
  'LIMIT_NESTING',
  'LIMIT_REPEATS',
  'LIMIT_DIRECTIVES_PER_PLACE',
]);

import type { GraphQLError } from 'graphql';
import { refusal } from '../http/refusal.ts';
import type { LimitName, Limits } from './limitSettings.ts';

interface Words {
  code: 'DOCUMENT_TOO_LARGE' | 'OPERATION_TOO_COMPLEX' | 'VARIABLES_TOO_LARGE';
  /** What there is too much of. */
  what: string;
  advice: string;
}

const ask = (what: string, advice: string): Words => ({
  code: 'OPERATION_TOO_COMPLEX',
  what,
  advice,
});
const split = 'ask for it in several requests';

const words: Record<LimitName, Words> = {
  LIMIT_CHARACTERS: {
    code: 'DOCUMENT_TOO_LARGE',
    what: 'characters in the document',
    advice: 'send values as variables, and ask in several requests',
  },
  LIMIT_TOKENS: { code: 'DOCUMENT_TOO_LARGE', what: 'tokens in the document', advice: split },
  LIMIT_NAME_CHARACTERS: ask('characters in one name', 'choose shorter names'),
  LIMIT_NESTING: ask('levels of nested brackets', 'ask for fewer levels at once'),
  LIMIT_OPERATIONS: ask('operations in the document', 'send only those that belong together'),
  LIMIT_FRAGMENTS: ask('fragments in the document', 'send only those that are used, or fewer'),
  LIMIT_DEPTH: ask('levels of fields', 'ask for fewer levels at once'),
  LIMIT_ROOT_FIELDS: ask('fields at the root', split),
  LIMIT_ALIASES: ask('aliases, counting each use of a fragment', split),
  LIMIT_DIRECTIVES: ask('directives, counting each use of a fragment', 'leave some of them out'),
  LIMIT_DIRECTIVES_PER_PLACE: ask('directives at one place', 'leave some of them out'),
  LIMIT_SELECTIONS: ask(
    'fields and fragments, counting each use of a fragment',
    'ask for fewer at once',
  ),
  LIMIT_REPEATS: ask('selections of one and the same field', 'ask for it once'),
  LIMIT_LIST_ITEMS: {
    code: 'VARIABLES_TOO_LARGE',
    what: 'values in one list',
    advice: 'send the list in several parts',
  },
  LIMIT_VARIABLES_KB: {
    code: 'VARIABLES_TOO_LARGE',
    what: 'kB of variables',
    advice: 'send them in several requests',
  },
};

/** The codes by which requests are refused that hold too much. */
export const excessCodes: readonly string[] = [
  ...new Set(Object.values(words).map(({ code }) => code)),
];

/** The refusal of a request that holds more than `name` allows; undefined when it does not. */
export function excess(name: LimitName, found: number, limits: Limits): GraphQLError | undefined {
  const most = limits[name];
  if (found <= most) return undefined;
  const { code, what, advice } = words[name];
  // Counting stops soon, or grows beyond what numbers can say.
  const told = found < 1e6 ? String(found) : 'more than a million';
  return refusal(`This request has ${told} ${what}; ${most} are allowed: ${advice}.`, {
    code,
    extensions: { limit: name, most, found: Math.min(found, 1e6) },
  });
}

import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { refusal } from '../http/refusal.ts';
import { countRepeats } from './countRepeats.ts';
import { excess } from './excess.ts';
import type { Limits } from './limitSettings.ts';
import { measureDocument } from './measureDocument.ts';
import { scanText } from './scanText.ts';

/**
 * The first thing that a document has too much of, as a refusal; undefined when it is within all limits, or no
 * GraphQL: that is for the parser to say. Looked for from the cheap to the dear, so that nothing takes long.
 */
export function findExcess(text: string, limits: Limits): GraphQLError | undefined {
  const tooLong = excess('LIMIT_CHARACTERS', text.length, limits);
  if (tooLong) return tooLong;
  const { tokens, nesting, longestName } = scanText(text, {
    tokens: limits.LIMIT_TOKENS,
    nesting: limits.LIMIT_NESTING,
  });
  const tooMany =
    excess('LIMIT_TOKENS', tokens, limits) ??
    excess('LIMIT_NESTING', nesting, limits) ??
    excess('LIMIT_NAME_CHARACTERS', longestName, limits);
  if (tooMany) return tooMany;

  const document = parseQuietly(text);
  if (!document) return undefined;
  const size = measureDocument(document);
  return (
    excess('LIMIT_OPERATIONS', size.operations, limits) ??
    excess('LIMIT_FRAGMENTS', size.fragments, limits) ??
    (size.cycle === undefined ? undefined : containsItself(size.cycle)) ??
    excess('LIMIT_ROOT_FIELDS', size.rootFields, limits) ??
    excess('LIMIT_DEPTH', size.depth, limits) ??
    excess('LIMIT_DIRECTIVES_PER_PLACE', size.directivesPerPlace, limits) ??
    excess('LIMIT_DIRECTIVES', size.directives, limits) ??
    excess('LIMIT_ALIASES', size.aliases, limits) ??
    excess('LIMIT_SELECTIONS', size.selections, limits) ??
    excess('LIMIT_LIST_ITEMS', size.longestList, limits) ??
    excess('LIMIT_REPEATS', countRepeats(document), limits)
  );
}

function parseQuietly(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

/** As validation says it: said here because such a document can't be measured any further. */
const containsItself = (name: string) =>
  refusal(`Cannot spread fragment "${name}" within itself.`, { code: 'GRAPHQL_VALIDATION_FAILED' });

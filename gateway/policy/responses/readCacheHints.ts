import { valueFromASTUntyped, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';
import { readLink } from '../readLink.ts';

/** What `@cacheControl` says of a field or a type. */
export interface CacheHint {
  /** In seconds; undefined where it says nothing of it. */
  maxAge: number | undefined;
  isPrivate: boolean;
  /** Whether a field may be as old as what it is in. */
  inherits: boolean;
}

type Definition = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** The strictest hint on a definition, if it has one. */
export type CacheHints = (definition: Definition | null | undefined) => CacheHint | undefined;

/** Whoever defines the directive gives its specification an address: the end of it counts. */
const SPECIFICATION = /\/cacheControl\/v\d+(\.\d+)?\/?$/;

/**
 * Finds the hints `@cacheControl(maxAge:, scope:, inheritMaxAge:)` of a supergraph. Composition keeps them of
 * subgraphs that link the directive and name it in a `@composeDirective`.
 * Source: https://www.apollographql.com/docs/apollo-server/performance/caching
 */
export function readCacheHints({ astNode, extensionASTNodes }: GraphQLSchema): CacheHints {
  const names = new Set(
    [astNode, ...extensionASTNodes]
      .flatMap((node) => node?.directives ?? [])
      .map(readLink)
      .filter(({ url }) => SPECIFICATION.test(url))
      .map(({ imported, prefix }) => imported('@cacheControl') ?? prefix ?? 'cacheControl'),
  );
  if (!names.size) return () => undefined;
  return (definition) => {
    const hints = definition?.directives?.filter(({ name }) => names.has(name.value)).map(toHint);
    if (!hints?.length) return undefined;
    const ages = hints.flatMap(({ maxAge }) => maxAge ?? []);
    return {
      maxAge: ages.length ? Math.min(...ages) : undefined,
      isPrivate: hints.some(({ isPrivate }) => isPrivate),
      inherits: hints.some(({ inherits }) => inherits),
    };
  };
}

function toHint({ arguments: given = [] }: ConstDirectiveNode): CacheHint {
  const values = new Map<string, unknown>(
    given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  const maxAge = values.get('maxAge');
  return {
    maxAge: typeof maxAge === 'number' ? Math.max(0, Math.floor(maxAge)) : undefined,
    isPrivate: values.get('scope') === 'PRIVATE',
    inherits: values.get('inheritMaxAge') === true,
  };
}

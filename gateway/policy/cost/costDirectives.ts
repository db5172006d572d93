import { valueFromASTUntyped, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';
import { UserError } from '../../../subgraphs/shared/UserError.ts';
import { readLink } from '../readLink.ts';

/** What `@listSize` says of a field. */
export interface ListSize {
  assumedSize: number | undefined;
  slicingArguments: readonly string[];
  /** The fields of what it gives that hold the list; empty when it is the list itself. */
  sizedFields: readonly string[];
  requireOneSlicingArgument: boolean;
}

type Definition = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null;

/** Reads the directives of cost of a schema, under the names that it has imported them by. */
export interface CostDirectives {
  weight(definition: Definition | undefined): number | undefined;
  listSize(definition: Definition | undefined): ListSize | undefined;
}

const SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/cost\/v(.+?)\/?$/;
const VERSION = '0.1';

/**
 * Finds the directives `@cost` and `@listSize` of a supergraph.
 * Source: IBM, "GraphQL Cost Directives Specification", and https://specs.apollo.dev/cost/v0.1.
 * @throws UserError when it links a version of them that is not known here.
 */
export function costDirectives({ astNode, extensionASTNodes }: GraphQLSchema): CostDirectives {
  const links = [astNode, ...extensionASTNodes]
    .flatMap((node) => node?.directives ?? [])
    .map(readLink)
    .filter(({ url }) => SPECIFICATION.test(url));
  const [link] = links;
  const version = link && SPECIFICATION.exec(link.url)?.[1];
  if (version !== undefined && version !== VERSION) {
    throw new UserError(
      `the supergraph uses cost v${version}, which can't be reckoned with: only v${VERSION} can`,
    );
  }
  const prefix = link?.prefix ?? 'cost';
  const cost = link && (link.imported('@cost') ?? prefix);
  const listSize = link && (link.imported('@listSize') ?? `${prefix}__listSize`);

  const argumentsOf = (definition: Definition | undefined, directive: string | undefined) => {
    const found = definition?.directives?.find(({ name }) => name.value === directive);
    if (!found) return undefined;
    return new Map<string, unknown>(
      found.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
    );
  };
  return {
    weight(definition) {
      const weight = argumentsOf(definition, cost)?.get('weight');
      return typeof weight === 'number' ? weight : undefined;
    },
    listSize(definition) {
      const given = argumentsOf(definition, listSize);
      if (!given) return undefined;
      const assumedSize = given.get('assumedSize');
      return {
        assumedSize: typeof assumedSize === 'number' ? assumedSize : undefined,
        slicingArguments: toNames(given.get('slicingArguments')),
        sizedFields: toNames(given.get('sizedFields')),
        requireOneSlicingArgument: given.get('requireOneSlicingArgument') !== false,
      };
    },
  };
}

const toNames = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');

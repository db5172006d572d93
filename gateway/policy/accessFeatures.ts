import {
  Kind,
  print,
  valueFromASTUntyped,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { readLink } from './readLink.ts';

/** The specifications whose directives say who may read what. */
const FEATURES = ['authenticated', 'requiresScopes', 'policy'] as const;

export type AccessFeature = (typeof FEATURES)[number];

const SPECIFICATION =
  /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\/v(.+?)\/?$/;

/** The only version that there is of each. */
const VERSION = '0.1';

/** What a supergraph links, if it is one of these features, with the name that its directive has there. */
interface AccessLink {
  feature: AccessFeature;
  version: string;
  directive: string;
}

/**
 * The feature behind the name of each directive, by the links of a schema. Names are as the links say: what
 * is imported under another name is enforced under that.
 * @throws UserError when a link is to a version that can't be enforced.
 */
export function accessDirectives(
  schemaDirectives: readonly ConstDirectiveNode[],
): Map<string, AccessFeature> {
  const links = schemaDirectives.flatMap((directive) => readAccessLink(directive) ?? []);
  const unknown = links.find(({ version }) => version !== VERSION);
  if (unknown) {
    throw new UserError(
      `the supergraph uses @${unknown.feature} v${unknown.version}, which can't be enforced: only v${VERSION} can`,
    );
  }
  return new Map(links.map(({ directive, feature }) => [directive, feature]));
}

/**
 * The same supergraph as one that Apollo's gateway loads: it refuses those that name the purpose of these
 * features, as it does not enforce them itself. Whoever loads it must.
 */
export function withoutAccessPurpose(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive(node) {
      // On a schema there are constants only.
      const link = readAccessLink(node as ConstDirectiveNode);
      if (link?.version !== VERSION) return undefined;
      const others = node.arguments?.filter(({ name }) => name.value !== 'for');
      return others?.length === node.arguments?.length ? undefined : { ...node, arguments: others };
    },
  });
}

function readAccessLink(directive: ConstDirectiveNode): AccessLink | undefined {
  const { url, imported, prefix } = readLink(directive);
  const [, name, version = ''] = SPECIFICATION.exec(url) ?? [];
  const feature = FEATURES.find((each) => each === name);
  return feature && { feature, version, directive: imported(`@${feature}`) ?? prefix ?? feature };
}

/**
 * The lists of names in such a directive. A name or a list that stands alone is a list of one, as everywhere
 * in GraphQL.
 * @throws UserError when it holds anything but names.
 */
export function namesIn(directive: ConstDirectiveNode, argument: string): string[][] {
  const node = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  const outer = node?.kind === Kind.LIST ? node.values : node ? [node] : undefined;
  const lists = outer?.map((inner) => (inner.kind === Kind.LIST ? inner.values : [inner]));
  if (!lists?.flat().every(({ kind }) => kind === Kind.STRING)) {
    throw new UserError(`the supergraph has a directive that makes no sense: ${print(directive)}`);
  }
  return lists.map((list) => list.map((name) => String(valueFromASTUntyped(name))));
}

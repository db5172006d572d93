import {
  Kind,
  visit,
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';

/* What composition writes into a supergraph: directives that say which subgraph has what. */

export const isJoinField = ({ name }: ConstDirectiveNode) => name.value === 'join__field';

/** A text, name or flag that a directive is given; undefined when it is not. */
export function argumentOf(
  { arguments: given = [] }: ConstDirectiveNode,
  name: string,
): string | undefined {
  const value = given.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.STRING || value?.kind === Kind.ENUM) return value.value;
  return value?.kind === Kind.BOOLEAN ? String(value.value) : undefined;
}

/** The same directive with another value for one argument. */
export function withArgument(
  directive: ConstDirectiveNode,
  name: string,
  value: ConstArgumentNode['value'],
): ConstDirectiveNode {
  const others = directive.arguments?.filter((argument) => argument.name.value !== name) ?? [];
  const argument = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value } as const;
  return { ...directive, arguments: [...others, argument] };
}

/**
 * Gives subgraphs their copies. A copy has all that the subgraph has, but for the fields that were already
 * given to one or the other: those whose requirements are separate.
 */
export function duplicateGraphs(
  document: DocumentNode,
  copies: ReadonlyMap<string, readonly string[]>,
): { document: DocumentNode; subgraphs: Map<string, string> } {
  const subgraphs = new Map<string, string>();
  const duplicated = (directives: readonly ConstDirectiveNode[]) =>
    directives.flatMap((directive) => {
      const graph = argumentOf(directive, 'graph');
      const ofGraph = (graph !== undefined && copies.get(graph)) || [];
      const isSeparate = /__r\d+\b/.test(argumentOf(directive, 'requires') ?? '');
      if (!ofGraph.length || isSeparate) return [directive];
      const others = ofGraph.map((value) =>
        withArgument(directive, 'graph', { kind: Kind.ENUM, value }),
      );
      return [directive, ...others];
    });

  const visited: DocumentNode = visit(document, {
    enter(node) {
      if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph') {
        const values = node.values?.flatMap((value) => {
          const directive = value.directives?.find(({ name }) => name.value === 'join__graph');
          const name = directive && argumentOf(directive, 'name');
          if (!directive || name === undefined) return [value];
          const others = (copies.get(value.name.value) ?? []).map((copy, index) => {
            const copyName = `${name}__${index + 1}`;
            subgraphs.set(copyName, name);
            const value_ = { kind: Kind.STRING as const, value: copyName };
            return {
              ...value,
              name: { kind: Kind.NAME as const, value: copy },
              directives: [withArgument(directive, 'name', value_)],
            };
          });
          return [value, ...others];
        });
        return { ...node, values };
      }
      if (!('directives' in node) || !node.directives?.length) return undefined;
      // Type definitions hold constant directives only.
      const directives = duplicated(node.directives as readonly ConstDirectiveNode[]);
      return directives.length === node.directives.length ? undefined : { ...node, directives };
    },
  });
  return { document: visited, subgraphs };
}

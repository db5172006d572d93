import { Kind, parse, print, visit, type ConstDirectiveNode } from 'graphql';
import { argumentOf } from './supergraphDirectives.ts';

/**
 * A supergraph without the keys that a subgraph can't be asked by, where it has others: the planner may
 * use them after @requires, and the subgraph would answer nothing.
 */
export function withUsableKeys(sdl: string): string {
  if (!sdl.includes('resolvable: false')) return sdl;
  const usable = (directives: readonly ConstDirectiveNode[] = []) => {
    const resolvable = new Set(
      directives
        .filter(isKey)
        .flatMap((key) => (isResolvable(key) ? argumentOf(key, 'graph') : [])),
    );
    return directives.filter(
      (key) => !isKey(key) || isResolvable(key) || !resolvable.has(argumentOf(key, 'graph')),
    );
  };
  return print(
    visit(parse(sdl, { noLocation: true }), {
      [Kind.OBJECT_TYPE_DEFINITION]: (node) => ({ ...node, directives: usable(node.directives) }),
      [Kind.INTERFACE_TYPE_DEFINITION]: (node) => ({
        ...node,
        directives: usable(node.directives),
      }),
    }),
  );
}

const isKey = (directive: ConstDirectiveNode) =>
  directive.name.value === 'join__type' && argumentOf(directive, 'key') !== undefined;

const isResolvable = (key: ConstDirectiveNode) => argumentOf(key, 'resolvable') !== 'false';

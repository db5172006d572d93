import type { GraphParts } from './Graph.ts';

/* A field of an interface that only a subgraph has which nobody can ask for it. */

export const unreachableField: GraphParts = {
  name: 'unreachable field',
  subgraphs: {
    nodes: {
      sdl: `type Query { node: Node sum: Int } interface Node @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { sum: () => 3 }, Node: { __resolveType: () => 'Node' } },
    },
    names: {
      sdl: `
      type Node @interfaceObject @key(fields: "id", resolvable: false) { id: ID! name: String }`,
      resolvers: {},
    },
  },
  monolith: {
    sdl: `type Query { node: Node sum: Int } interface Node { id: ID! name: String }`,
    resolvers: { Query: { sum: () => 3 }, Node: { __resolveType: () => 'Node' } },
  },
};

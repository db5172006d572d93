import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { whoami: Me! thing(id: ID!): Thing }
  type Thing @key(fields: "id") { id: ID! }
  type Me { agency: String roles: [String!]! scopes: [String!]! subject: String }
`;

/** A subgraph that tells its caller who that is. */
export const whoami = {
  name: 'whoami',
  typeDefs,
  schema: buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: {
      Query: {
        whoami: (_source, _arguments, context) => viewerIn(context),
        thing: (_source, { id }) => ({ id: String(id) }),
      },
    },
  }),
  createContext: (viewer: Viewer): object => ({ viewer }),
};

function viewerIn(context: unknown): unknown {
  return typeof context === 'object' && context !== null && Reflect.get(context, 'viewer');
}

export const WHO = '{ whoami { agency roles scopes subject } }';

export const nobody = { whoami: { agency: null, roles: [], scopes: [], subject: null } };

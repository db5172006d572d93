import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';

// As Apollo's documentation has it, in its words: https://www.apollographql.com/docs/apollo-server/using-federation/

const listen = { host: '127.0.0.1', port: 0 };

export function startStockSubgraph({ schema, createContext }: Subgraph) {
  const server = new ApolloServer({ schema });
  return startStandaloneServer(server, { listen, context: async () => createContext(ANYONE) });
}

export async function startStockGateway(supergraphFile: string) {
  const gateway = new ApolloGateway({ supergraphSdl: await readFile(supergraphFile, 'utf8') });
  return startStandaloneServer(new ApolloServer({ gateway }), { listen });
}

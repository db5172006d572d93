import { ApolloServer } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { createHttpServer } from '../../../subgraphs/shared/http/createHttpServer.ts';
import { serveGraphQL, type RunningServer } from '../../../subgraphs/shared/http/serveGraphQL.ts';
import { createMock } from './createMock.ts';
import type { MockSettings } from './mockValue.ts';

/** Serves a mock of a subgraph over HTTP. Rejects when the SDL is no subgraph's, or the port can't be had. */
export function serveMock(
  name: string,
  typeDefs: DocumentNode,
  { port, ...settings }: MockSettings & { port: number },
): Promise<RunningServer> {
  const { schema } = createMock(name, typeDefs, settings);
  const apollo = new ApolloServer({
    schema,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  return serveGraphQL(createHttpServer({ bodyLimitKb: 1024, logLevel: 'warn' }), apollo, {
    host: '127.0.0.1',
    port,
    portSetting: '--port',
    context: async () => ({}),
  });
}

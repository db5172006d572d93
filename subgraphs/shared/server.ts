import { ApolloServer } from '@apollo/server';
import { createFormatError } from './formatError.ts';
import {
  createHttpServer,
  serveGraphQL,
  type HttpServerSettings,
  type RunningServer,
} from './graphqlServer.ts';
import type { Subgraph } from './subgraph.ts';

export interface SubgraphServerSettings extends HttpServerSettings {
  host: string;
  port: number;
  /** Whether callers may read the schema by introspection; `_service` gives it in any case. */
  introspection: boolean;
}

/** Serves one subgraph over HTTP, as a complete GraphQL service. Rejects when the port can't be had. */
export async function startSubgraph(
  subgraph: Subgraph,
  settings: SubgraphServerSettings,
): Promise<RunningServer> {
  const app = createHttpServer(settings);
  const apollo = new ApolloServer({
    schema: subgraph.schema,
    logger: app.log,
    formatError: createFormatError(app.log),
    introspection: settings.introspection,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // Else NODE_ENV would decide what is not set above.
    nodeEnv: 'production',
  });
  return serveGraphQL(app, apollo, {
    ...settings,
    portSetting: `${subgraph.name.toUpperCase()}_PORT`,
    context: async () => subgraph.createContext(),
  });
}

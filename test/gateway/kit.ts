import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { parse } from 'graphql';
import { afterEach, expect } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import type { InProcessSubgraph } from '../../gateway/transport/inProcess.ts';
import { createHttpServer } from '../../subgraphs/shared/http/createHttpServer.ts';
import { serveGraphQL } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { freePort } from '../helpers/freePort.ts';
import { withoutRequestIds } from '../helpers/withoutRequestIds.ts';
import { ANYONE, type Viewer } from '../../subgraphs/shared/Viewer.ts';

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

const cleanups: (() => Promise<unknown>)[] = [];

/** What a test has started ends with it, the last first. */
export function cleanUp(task: () => Promise<unknown>) {
  cleanups.push(task);
}

afterEach(async () => {
  for (const task of cleanups.splice(0).reverse()) await task();
});

/** A small subgraph of a test. */
export interface TestSubgraph extends InProcessSubgraph {
  typeDefs: string;
  createContext(viewer: Viewer): object;
}

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@interfaceObject", "@requires", "@external", "@cost", "@listSize"])\n`;

export function createSubgraph<TContext extends object>(
  name: string,
  sdl: string,
  resolvers: GraphQLResolverMap<TContext>,
  createContext?: (viewer: Viewer) => TContext,
): TestSubgraph {
  const typeDefs = federation + sdl;
  const schema = buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    // Resolvers get the context that is made next to them; the schema builder can't know that.
    resolvers: resolvers as GraphQLResolverMap<unknown>,
  });
  return { name, typeDefs, schema, createContext: createContext ?? (() => ({})) };
}

/** Serves a subgraph as ours are served, over HTTP; gives its URL. */
export async function serve({ schema, createContext }: TestSubgraph, port = 0): Promise<string> {
  const server = await serveGraphQL(
    createHttpServer({ bodyLimitKb: 1024, logLevel: 'silent' }),
    new ApolloServer({ schema, nodeEnv: 'production', stopOnTerminationSignals: false }),
    { host: '127.0.0.1', port, portSetting: 'PORT', context: async () => createContext(ANYONE) },
  );
  cleanUp(() => server.close());
  return server.url;
}

/** A server that answers as `listener` says, however wrong that is; gives its URL. */
export async function serveRaw(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/graphql`;
}

/** A URL at which nothing listens. */
export const closedUrl = async () => `http://127.0.0.1:${await freePort()}/graphql`;

/** Composes subgraphs, each at its URL, and gives the file of the supergraph. */
export async function composeFile(
  subgraphs: readonly (Pick<TestSubgraph, 'name' | 'typeDefs'> & { url: string })[],
): Promise<string> {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs: parse(typeDefs) })),
  );
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return writeTemporary(supergraphSdl);
}

export async function writeTemporary(text: string): Promise<string> {
  const file = join(tmpdir(), `${randomUUID()}.graphql`);
  await writeFile(file, text);
  cleanUp(() => rm(file, { force: true }));
  return file;
}

/** The name of a folder that a test may make. */
export function temporaryFolder(): string {
  const folder = join(tmpdir(), randomUUID());
  cleanUp(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface GatewayOptions {
  /** The subgraphs with the URLs they are served at. */
  subgraphs: readonly (TestSubgraph & { url?: string })[];
  inProcess?: readonly InProcessSubgraph[];
  /** Settings by the names of their variables. */
  env?: Record<string, string>;
}

/** Starts a gateway over `subgraphs`. */
export async function startTestGateway({ subgraphs, inProcess, env }: GatewayOptions) {
  const supergraphFile = await composeFile(
    subgraphs.map((subgraph) => ({ url: 'http://127.0.0.1:1/graphql', ...subgraph })),
  );
  const config = readGatewayConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    SUPERGRAPH_FILE: supergraphFile,
    LAST_GOOD_DIR: temporaryFolder(),
    // Whether pages are built on this machine is of no concern.
    PAGES_DIR: temporaryFolder(),
    ...env,
  });
  const gateway = await startGateway(config, { inProcess });
  cleanUp(() => gateway.close());
  const { url } = gateway;
  return {
    url,
    supergraphFile,
    root: url.replace('/graphql', ''),
    close: gateway.close,
    load: gateway.load,
    execute: (query: string, variables?: Record<string, unknown>) =>
      post(url, { query, variables }),
  };
}

/** Posts a GraphQL request; gives the answer without the ids of this one request. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer & { status: number }> {
  const response = await send(url, body, headers);
  // The shape is what the tests assert.
  const answer = withoutRequestIds((await response.json()) as Answer, response);
  return { ...answer, status: response.status };
}

/** Sends a GraphQL request. */
export function send(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Stands for any text that matches, in what a test expects. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { graphql, parse } from 'graphql';
import { createMock } from '../../../scripts/subgraph/mock/createMock.ts';
import { startScript } from '../../helpers/startScript.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@interfaceObject"])';

/** A subgraph that is good: it adds a field to every organization. */
export const goodSdl = `${LINK}

type Query {
  dutyReports: [DutyReport!]!
}

type Organization @key(fields: "id") @interfaceObject {
  id: ID!
  dutyReports: [DutyReport!]!
}

type DutyReport @key(fields: "id") {
  id: ID!
  title: String!
}
`;

export const withLink = (sdl: string) => `${LINK}\n\n${sdl}`;

/** A folder that goes when the tests of a file end. */
export async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'subgraph-'));
  afterAll(() => rm(path, { recursive: true }));
  return {
    path,
    async write(name: string, text: string) {
      const file = join(path, name);
      await writeFile(file, text);
      return file;
    },
  };
}

export interface Ended {
  code: number | string;
  output: string;
}

/** Runs one of the commands to its end. */
export async function run(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const running = startScript(`scripts/${script}.ts`, env, args);
  const code = await running.ended;
  return { code, output: running.output() };
}

type Handler = (
  request: { query: string; variables?: Record<string, unknown> },
  response: ServerResponse,
) => void | Promise<void>;

/** An HTTP server that does what `handle` says. It closes when the test ends. */
export async function serve(handle: Handler) {
  const server = createServer((request, response) => {
    void read(request).then((body) => handle(body, response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  onTestFinished(() => (server.listening ? close() : undefined));
  return { url: `http://127.0.0.1:${port}/graphql`, port, close };
}

async function read(request: IncomingMessage) {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  try {
    return JSON.parse(text) as { query: string; variables?: Record<string, unknown> };
  } catch {
    return { query: '' };
  }
}

/** Serves made-up data for an SDL. `spoil` may change what is answered for entities. */
export function serveSdl(
  sdl: string | (() => string),
  spoil: (entities: unknown[]) => unknown[] = (entities) => entities,
) {
  return serve(async ({ query, variables }, response) => {
    const { schema } = createMock('mine', parse(typeof sdl === 'string' ? sdl : sdl()));
    response.setHeader('content-type', 'application/json');
    if (!query) return void response.writeHead(400).end('{"errors":[{"message":"no query"}]}');
    const result = await graphql({ schema, source: query, variableValues: variables });
    const { _entities: entities } = result.data ?? {};
    if (Array.isArray(entities)) {
      result.data = { ...result.data, _entities: spoil(entities as unknown[]) };
    }
    response.end(JSON.stringify(result));
  });
}

/** What a command printed, without what differs from run to run. */
export const stable = (output: string, ...names: (readonly [text: string, name: string])[]) =>
  names
    .reduce((text, [value, name]) => text.replaceAll(value, name), output)
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\d+\.\d ms/g, 'N ms');

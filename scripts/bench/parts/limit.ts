import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { mongo } from 'mongoose';
import { createLimit } from '../limit/createLimit.ts';
import type { Request } from '../operations/createOperations.ts';
import type { Question } from '../operations/questions.ts';
import type { Stub } from './createStub.ts';
import type { PartSettings } from './PartSettings.ts';
import type { RunningRole } from './startRole.ts';

const homes = {
  organizations: 'organizations',
  units: 'organizations',
  campaigns: 'campaigns',
  activities: 'campaigns',
  outcomes: 'campaigns',
  metrics: 'campaigns',
  participations: 'campaigns',
  recognitions: 'recognitions',
} as const;

/** The hand-written endpoint: node:http, the native driver and `JSON.stringify`. */
export async function startLimit(
  { uri, databasePrefix, monitorCommands }: PartSettings,
  stub: Stub,
): Promise<RunningRole> {
  const client = await new mongo.MongoClient(uri, { monitorCommands }).connect();
  if (monitorCommands) stub.follow(client);
  const open = (name: keyof typeof homes) => {
    const collection = client.db(`${databasePrefix}${homes[name]}`).collection(name);
    stub.wrap(name, collection);
    return collection;
  };
  const answer = createLimit({
    organizations: open('organizations'),
    units: open('units'),
    campaigns: open('campaigns'),
    activities: open('activities'),
    outcomes: open('outcomes'),
    metrics: open('metrics'),
    participations: open('participations'),
    recognitions: open('recognitions'),
  });
  const questions = new Map<string, Question>();

  async function handle(request: IncomingMessage): Promise<string> {
    const { query } = JSON.parse(await text(request)) as { query: string };
    const question = questions.get(query);
    if (!question) throw new Error(`nobody has written an answer to ${query}`);
    return JSON.stringify({ data: await answer(question) });
  }

  const server = createServer((request, response) => {
    void handle(request)
      .catch((error: unknown) => JSON.stringify({ errors: [{ message: String(error) }] }))
      .then((body) => {
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        });
        response.end(body);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    expect: (requests: readonly Request[]) => {
      for (const { query, question } of requests) questions.set(query, question);
    },
  };
}

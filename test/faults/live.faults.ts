import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { subgraphServices } from '../../subgraphs/services.ts';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { cleanUp, temporaryFolder, writeTemporary } from '../gateway/kit.ts';
import { followEvents, type Followed } from '../helpers/followEvents.ts';
import { startOwnDatabase } from './ownDatabase.ts';

/**
 * Somebody writes all the time, somebody follows all the time, and what is between them is taken away: each change
 * is told once, in order.
 */

const CHANGES = `subscription { outcomeChanged {
  outcomeId outcome { name { vi } unit { name { vi } } conflictsWith { id } }
} }`;
const portOf = (server: RunningServer) => Number(new URL(server.url).port);

async function startApart() {
  const own = await startOwnDatabase();
  cleanUp(() => own.close());
  const databasePrefix = `live_${randomUUID().slice(0, 8)}_`;
  for (const subgraph of subgraphs) {
    await subgraph.connect({ uri: own.uri, databasePrefix });
    cleanUp(() => subgraph.disconnect());
  }
  await seedFacts(subgraphs, () => {});

  const servers = new Map<string, RunningServer>();
  const { authentication } = readGatewayConfig({});
  const common = { host: '127.0.0.1', introspection: true, bodyLimitKb: 256, authentication };
  const serve = async (name: string, port = 0) => {
    const subgraph = subgraphs.find((each) => each.name === name);
    if (!subgraph) throw new Error(`no subgraph ${name}`);
    servers.set(name, await startSubgraph(subgraph, { ...common, port, logLevel: 'silent' }));
  };
  for (const { name } of subgraphs) await serve(name);
  cleanUp(async () => {
    for (const server of servers.values()) await server.close();
  });
  const sdl = subgraphServices.reduce(
    (text, { name, port }) =>
      text.replaceAll(`http://127.0.0.1:${port}/graphql`, servers.get(name)?.url ?? ''),
    await readFile('schema/supergraph.graphql', 'utf8'),
  );
  const file = await writeTemporary(sdl);
  const lastGoodDir = temporaryFolder();
  const serveGateway = (port = 0) =>
    startGateway(
      readGatewayConfig({
        PORT: String(port),
        SUPERGRAPH_FILE: file,
        LAST_GOOD_DIR: lastGoodDir,
        LOG_LEVEL: 'silent',
        SHUTDOWN_GRACE_MS: '1000',
      }),
    );
  let gateway = await serveGateway();
  cleanUp(() => gateway.close());

  const writer = await mongoose
    .createConnection(own.uri, { dbName: `${databasePrefix}campaigns` })
    .asPromise();
  cleanUp(() => writer.close());
  const rows = writer.collection<{ _id: string }>('outcomes');
  const row = await rows.findOne({ _id: 'out-tb-to-roi' });
  if (!row) throw new Error('no row to copy');
  const acknowledged: string[] = [];
  return {
    own,
    url: gateway.url,
    acknowledged,
    /** Writes one after the other, each until it is acknowledged. */
    async write(count: number) {
      for (let done = 0; done < count; done += 1) {
        const _id = `out-live-${String(acknowledged.length).padStart(4, '0')}`;
        for (;;) {
          const written = await rows
            .insertOne({ ...row, _id }, { writeConcern: { w: 'majority', journal: true } })
            .then(
              () => true,
              (error: { code?: number }) => error.code === 11000,
            );
          if (written) break;
          await sleep(50);
        }
        acknowledged.push(_id);
        await sleep(10);
      }
    },
    async restartSubgraph(name: string) {
      const server = servers.get(name);
      if (!server) throw new Error(`no subgraph ${name}`);
      await server.close();
      await sleep(500);
      await serve(name, portOf(server));
    },
    async restartGateway() {
      const port = portOf(gateway);
      await gateway.close();
      await sleep(500);
      gateway = await serveGateway(port);
    },
    async swapSupergraph() {
      await writeFile(file, `${await readFile(file, 'utf8')}\n# another\n`);
      await sleep(1_500);
    },
  };
}

/** Follows as a browser does: whenever the stream ends, again after the last event. */
function startFollower(url: string) {
  const told: string[] = [];
  const faults: unknown[] = [];
  const partial: string[] = [];
  let current: Followed | undefined;
  let lastEventId: string | undefined;
  let connections = 0;
  let isOver = false;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const following = (async () => {
    while (!isOver) {
      try {
        current = await followEvents(url, CHANGES, { lastEventId });
        connections += 1;
        // A connection that ends before it says where it stands could not go on.
        while (!current.lastId()) await sleep(5);
        begin();
        await current.ended;
        lastEventId = current.lastId();
        for (const { answer } of current.told) {
          const change = (answer.data as { outcomeChanged?: { outcomeId: string } } | null)
            ?.outcomeChanged;
          if (!change) faults.push(answer.errors);
          else told.push(change.outcomeId);
          if (change && answer.errors) partial.push(change.outcomeId);
        }
      } catch {
        await sleep(100);
      }
    }
  })();
  return {
    told,
    faults,
    begun,
    soFar: () => told.length + (current?.told.length ?? 0),
    async end() {
      isOver = true;
      current?.cut();
      await following;
      return { told, faults, connections, partial };
    },
  };
}

test.each<[what: string, strike: (apart: Awaited<ReturnType<typeof startApart>>) => Promise<void>]>(
  [
    ['the subgraph is restarted', ({ restartSubgraph }) => restartSubgraph('campaigns')],
    ['another subgraph is restarted', ({ restartSubgraph }) => restartSubgraph('organizations')],
    ['the gateway is restarted', ({ restartGateway }) => restartGateway()],
    ['another supergraph is served', ({ swapSupergraph }) => swapSupergraph()],
    [
      'the database is killed',
      async ({ own }) => {
        await own.kill();
        await sleep(1_000);
        await own.startAgain();
      },
    ],
  ],
)('%s in the middle: each change is told once, in order', async (what, strike) => {
  const apart = await startApart();
  const follower = startFollower(apart.url);
  await follower.begun;
  for (let strikes = 0; strikes < 3; strikes += 1) {
    const writing = apart.write(60);
    await sleep(200);
    await strike(apart);
    await writing;
  }
  await expect
    .poll(follower.soFar, { timeout: 60_000, interval: 100 })
    .toBeGreaterThanOrEqual(apart.acknowledged.length);
  await sleep(300);
  const { told, faults, connections, partial } = await follower.end();
  console.log(
    `${what}, 3 times: ${apart.acknowledged.length} written, ${told.length} told, ${connections} connections, ${partial.length} in part`,
  );
  expect(faults).toEqual([]);
  expect(told).toEqual(apart.acknowledged);
  // Where no service and no database was away, nothing is missing in what was told.
  if (/gateway|supergraph/.test(what)) expect(partial).toEqual([]);
});

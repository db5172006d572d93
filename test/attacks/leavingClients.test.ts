import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { cleanUp, createSubgraph, serve, startTestGateway } from '../gateway/kit.ts';

/** Something that waits until a test says so. */
function createGate() {
  let open = () => {};
  let arrived = 0;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    open: () => open(),
    arrived: () => arrived,
    async pass() {
      arrived += 1;
      await opened;
    },
  };
}

/** Asks, and goes away as soon as `isTime`. */
async function askAndLeave(url: string, query: string, isTime: () => boolean) {
  const leaving = new AbortController();
  const asked = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  await expect.poll(isTime).toBe(true);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  // For the way of the news.
  await sleep(200);
}

test('for a client that has gone the gateway fetches nothing more, in this process and over HTTP', async () => {
  for (const isLocal of [true, false]) {
    const gate = createGate();
    let stocked = 0;
    const shop = createSubgraph(
      'shop',
      'type Query { product: Product } type Product @key(fields: "id") { id: ID! }',
      {
        Query: {
          async product() {
            await gate.pass();
            return { id: '1' };
          },
        },
      },
    );
    const store = createSubgraph(
      'store',
      'type Product @key(fields: "id") { id: ID! stock: Int }',
      {
        Product: {
          stock() {
            stocked += 1;
            return 1;
          },
        },
      },
    );
    const subgraphs = [shop, store];
    const { url, load } = await startTestGateway({
      subgraphs: await Promise.all(
        subgraphs.map(async (each) => (isLocal ? each : { ...each, url: await serve(each) })),
      ),
      inProcess: isLocal ? subgraphs : [],
    });
    await askAndLeave(url, '{ product { stock } }', () => gate.arrived() === 1);
    gate.open();
    await expect.poll(() => load().running).toBe(0);
    expect(stocked).toBe(0);
  }
});

test('for a client that has gone a subgraph loads nothing more, but a mutation goes on', async () => {
  const gate = createGate();
  const loaded: string[] = [];
  const item = async () => {
    await gate.pass();
    return {};
  };
  const { schema, createContext } = createSubgraph(
    'items',
    'type Query { item: Item } type Mutation { item: Item } type Item { part: Int }',
    {
      Query: { item },
      Mutation: { item },
      Item: {
        part: (_: unknown, __: unknown, { loaders }: { loaders: { part(): number } }) =>
          loaders.part(),
      },
    },
    () => ({
      loaders: {
        part() {
          loaded.push('part');
          return 1;
        },
      },
    }),
  );
  const { url, close, load } = await startSubgraph(
    { name: 'items', schema, createContext },
    { ...readGatewayConfig({ PORT: '0', LOG_LEVEL: 'silent' }), introspection: true },
  );
  cleanUp(() => close());
  await askAndLeave(url, '{ item { part } }', () => gate.arrived() === 1);
  await askAndLeave(url, 'mutation { item { part } }', () => gate.arrived() === 2);
  gate.open();
  await expect.poll(() => load().running).toBe(0);
  expect(loaded).toEqual(['part']);
});

import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createExecutor } from '../../../gateway/execution/createExecutor.ts';
import type {
  SubgraphRequest,
  SubgraphResult,
  Transport,
} from '../../../gateway/transport/Transport.ts';
import { travellingTogether } from '../../../gateway/transport/travellingTogether.ts';
import { createGraph, silentLog } from '../execution/graphs/Graph.ts';
import { eventsGraph } from '../execution/graphs/events.ts';
import { media } from '../execution/graphs/media.ts';
import { placesGraph } from '../execution/graphs/places.ts';
import { shop } from '../execution/graphs/shop.ts';
import { staff } from '../execution/graphs/staff.ts';
import { choices, operationOf } from '../execution/operationOf.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';

/** A transport that counts what it carries. */
function counting(transport: Transport, sent: SubgraphRequest[]): Transport {
  return {
    fetch(request, options) {
      sent.push(request);
      return transport.fetch(request, options);
    },
  };
}

/** Fetches that did not have to be sent, over all graphs: in some of them few become ready together. */
let spared = 0;

describe.each([shop, media, staff, placesGraph, eventsGraph])(
  'generated operations over the graph $name',
  (parts) => {
    it('have the same answers when fetches travel together', async () => {
      const { supergraph, transports } = createGraph(parts);
      const sent: SubgraphRequest[] = [];
      const sentTogether: SubgraphRequest[] = [];
      const executorOver = (change: (transport: Transport) => Transport) =>
        createExecutor({
          supergraph,
          transports: new Map([...transports].map(([name, each]) => [name, change(each)])),
          log: silentLog,
        });
      const alone = executorOver((transport) => counting(transport, sent));
      const together = executorOver((transport) =>
        travellingTogether(counting(transport, sentTogether)),
      );
      await fc.assert(
        fc.asyncProperty(choices, async (chosen) => {
          const { document, variables } = operationOf(alone.schema, chosen);
          const ask = async (executor: typeof alone) => {
            const { data, errors } = await executor.execute({
              document,
              variables,
              clientRequest: {},
              viewer: ANYONE,
            });
            const told = errors.map(({ message, path, extensions }) =>
              JSON.stringify({ message, path, extensions }),
            );
            return { data, told: told.sort() };
          };
          expect(await ask(together)).toEqual(await ask(alone));
        }),
        { numRuns: 120, seed: 1 },
      );
      expect(sentTogether.length).toBeLessThanOrEqual(sent.length);
      spared += sent.length - sentTogether.length;
    });
  },
);

it('and there were fewer of them', () => {
  expect(spared).toBeGreaterThan(0);
});

const options = { clientRequest: {}, viewer: ANYONE };
const ids = (...of: string[]) => of.map((id) => ({ __typename: 'A', id }));
const first = {
  query:
    'query One($representations: [_Any!]!) { _entities(representations: $representations) { ... on A { x } } }',
  operationName: 'One',
  variables: { representations: ids('1') },
};
const second = {
  query:
    'query Two($representations: [_Any!]!, $n: Int) { _entities(representations: $representations) { ... on A { y(n: $n) } } }',
  operationName: 'Two',
  variables: { representations: ids('2', '3'), n: 5 },
};

/** A transport that answers by `answer`, and what was sent over it. */
function answering(answer: (request: SubgraphRequest) => SubgraphResult) {
  const sent: SubgraphRequest[] = [];
  const transport = travellingTogether({
    async fetch(request) {
      sent.push(request);
      return answer(request);
    },
  });
  const both = () =>
    Promise.all([transport.fetch(first, options), transport.fetch(second, options)]);
  return { sent, transport, both };
}

const isTogether = ({ variables = {} }: SubgraphRequest) => '_0_representations' in variables;

it('two fetches become one query, and each gets its part of the answer with its errors', async () => {
  const { sent, both } = answering(() => ({
    data: { _0__entities: [{ x: 1 }], _1__entities: [null, { y: 2 }] },
    errors: [
      new GraphQLError('lost', { path: ['_1__entities', 0, 'y'] }),
      new GraphQLError('unwell'),
    ],
  }));
  expect(await both()).toEqual([
    { data: { _entities: [{ x: 1 }] }, errors: [expect.objectContaining({ message: 'unwell' })] },
    {
      data: { _entities: [null, { y: 2 }] },
      errors: [
        expect.objectContaining({ message: 'lost', path: ['_entities', 0, 'y'] }),
        expect.objectContaining({ message: 'unwell' }),
      ],
    },
  ]);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.variables).toEqual({
    _0_representations: ids('1'),
    _1_representations: ids('2', '3'),
    _1_n: 5,
  });
});

it('fetches of different client requests do not travel together, nor do mutations', async () => {
  const { sent, transport } = answering(() => ({ data: { a: 1 } }));
  const mutation = { query: 'mutation { a }' };
  await Promise.all([
    transport.fetch(first, { clientRequest: {}, viewer: ANYONE }),
    transport.fetch(second, { clientRequest: {}, viewer: ANYONE }),
    transport.fetch(mutation, options),
    transport.fetch(mutation, options),
  ]);
  expect(sent.filter(isTogether)).toEqual([]);
  expect(sent).toHaveLength(4);
});

it('what one fetch takes down does not take the other along', async () => {
  const fault = { data: null, errors: [new GraphQLError('bubbled', { path: ['_0__entities'] })] };
  const { sent, both } = answering((request) =>
    isTogether(request) || request === first ? fault : { data: { _entities: [{ y: 1 }, null] } },
  );
  expect(await both()).toEqual([fault, { data: { _entities: [{ y: 1 }, null] } }]);
  expect(sent).toHaveLength(3);
});

it('a subgraph that refuses such queries is asked no more of them', async () => {
  const { sent, both } = answering((request) =>
    isTogether(request)
      ? { errors: [new GraphQLError('not on the list')] }
      : { data: { _entities: [] } },
  );
  const fine = [{ data: { _entities: [] } }, { data: { _entities: [] } }];
  expect(await both()).toEqual(fine);
  expect(await both()).toEqual(fine);
  expect(sent.map(isTogether)).toEqual([true, false, false, false, false]);
});

it('a subgraph that can not be reached is not asked once more', async () => {
  const away = {
    data: null,
    errors: [new GraphQLError('away', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })],
  };
  const { sent, both } = answering(() => away);
  expect(await both()).toEqual([away, away]);
  expect(sent).toHaveLength(1);
});

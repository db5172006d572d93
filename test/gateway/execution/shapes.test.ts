import { GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../gateway/transport/Transport.ts';
import { eventsGraph } from './graphs/events.ts';
import { createExecutor } from '../../../gateway/execution/createExecutor.ts';
import { createGraph, silentLog, type GraphParts } from './graphs/Graph.ts';
import { media } from './graphs/media.ts';
import { placesGraph } from './graphs/places.ts';
import { requiredArguments } from './graphs/requiredArguments.ts';
import { shop } from './graphs/shop.ts';
import { unreachableField } from './graphs/unreachableField.ts';
import { unusableKey } from './graphs/unusableKey.ts';
import { createThreeWays } from './threeWays.ts';

/* Operations for which Apollo's gateway gives a wrong answer, or none, and says nothing. */

/** Our answer and the right one. */
async function answer(parts: GraphParts, query: string, variables: Record<string, unknown> = {}) {
  const ways = createThreeWays(createGraph(parts));
  const document = parse(query);
  expect(validate(ways.schema, document)).toEqual([]);
  const { own } = await ways.federated(document, variables);
  return { own, right: await ways.monolith(document, variables) };
}

async function expectRight(...given: Parameters<typeof answer>) {
  const { own, right } = await answer(...given);
  expect(own).toEqual(right);
  return own.data;
}

describe('keys', () => {
  it('a key that a subgraph can not be asked by is not used after @requires', async () => {
    const data = await expectRight(unusableKey, '{ some { tax } }');
    expect(data).toEqual({ some: [{ tax: 1 }, { tax: 2 }] });
  });

  it('a name that a client gives another field does not pass for a key', async () => {
    await expectRight(shop, '{ products { id: name, volume: label, room, cost, delivery } }');
  });
});

describe('what no subgraph can be asked for', () => {
  it('is an error that names the field, not null', async () => {
    const { own } = await answer(unreachableField, '{ node { name } }');
    expect(own.data).toBe('refused');
    expect(own.errors).toMatchObject([{ code: 'OPERATION_NOT_PLANNABLE' }]);
    expect(own.errors[0]?.message).toMatch(/^No subgraph can be asked for Query\.node here: /);
  });

  it('is told when the operation is prepared before anybody asks', () => {
    const { supergraph, transports } = createGraph(unreachableField);
    const { warmUp } = createExecutor({ supergraph, transports, log: silentLog });
    expect(warmUp(parse('query ($no: Int) { sum }'))).toEqual([]);
    expect(warmUp(parse('{ node { name } }'))).toMatchObject([
      { extensions: { code: 'OPERATION_NOT_PLANNABLE' } },
    ]);
  });

  it('is an error next to fields that can be had', async () => {
    const { own } = await answer(unreachableField, '{ sum node { name } }');
    expect(own.errors).toMatchObject([{ code: 'OPERATION_NOT_PLANNABLE' }]);
  });
});

describe('fields that are required with arguments', () => {
  it.each([
    ['other arguments', '{ posts { comments(limit: 1) { text } teaser } }'],
    ['other arguments under another name', '{ posts { comments: author { name } teaser } }'],
    ['no arguments', '{ posts { comments { text } price teaser euros } }'],
    ['other arguments further in', '{ posts { author { posts(first: 1) { id } } more } }'],
    ['the same arguments', '{ posts { comments(limit: 3) { text } teaser } }'],
  ])('a client may ask for them with %s', async (_what, query) => {
    await expectRight(requiredArguments, query);
  });

  it('two fields of one type may require one field with different arguments', async () => {
    const data = await expectRight(requiredArguments, '{ post { dollars euros dong } }');
    expect(data).toEqual({ post: { dollars: '1.5$', euros: '3€', dong: '37500₫' } });
  });

  it('they may do so next to what the client asks, in lists and through other types', async () => {
    await expectRight(
      requiredArguments,
      `query ($currency: Currency) {
        posts {
          dollars price(currency: $currency) euros start teaser more plain
          author { latest posts(first: 1) { id dong(sign: "đ") dollars } }
        }
      }`,
      { currency: 'VND' },
    );
  });
});

describe('conditions', () => {
  it('a required field that is left out takes nothing else along', async () => {
    const query = `query ($named: Boolean!) {
      posts { office { place { near { twinName @include(if: $named) slug } } } }
    }`;
    await expectRight(placesGraph, query, { named: false });
    await expectRight(placesGraph, query, { named: true });
  });
});

describe('variables that decide what is asked for', () => {
  it('must not be null, even where their type includes it', async () => {
    const query = 'query ($yes: Boolean = true) { events { id @include(if: $yes) } }';
    const { own } = await answer(eventsGraph, query, { yes: null });
    expect(own).toMatchObject({ data: 'refused', errors: [{ code: 'BAD_USER_INPUT' }] });
    await expectRight(eventsGraph, query);
    await expectRight(eventsGraph, query, { yes: false });
  });
});

describe('objects that a subgraph knows by their interface only', () => {
  it('may be asked for under a fragment on another abstract type', async () => {
    await expectRight(
      media,
      '{ best { ... on Named { displayName } ... on Made { __typename } } }',
    );
  });

  it('what objects of one type require is not asked of the others', async () => {
    await expectRight(media, '{ grid { series { rating ... on Book { shout } id } } }');
    await expectRight(media, '{ grid { id title ... on Book { id shout } } }');
    await expectRight(media, '{ grid { ... on Film { id shout title } } }');
  });
});

describe('mutations', () => {
  it('are done in the order in which a client writes them, fragments included', async () => {
    const query = `mutation ($id: ID!) { toString: like(id: $id) { ...L } ...M }
      fragment L on Liked { likes likes likes }
      fragment M on Mutation { constructor: like(id: "b1") { hasOwnProperty: likes } add { count } }`;
    const data = await expectRight(shop, query, { id: '1' });
    expect(data).toMatchObject({ toString: { likes: ['1'] }, add: { count: 1 } });
  });
});

describe('what fields require of other entities', () => {
  it('is not told to be null when it could not be fetched', async () => {
    const graph = createGraph(eventsGraph);
    const away: Transport = {
      fetch: async () => ({ data: null, errors: [new GraphQLError('away')] }),
    };
    const transports = new Map(graph.transports).set('halls', away);
    const document = parse('{ events { id seatsLeft crowd } }');
    const { own } = await createThreeWays(graph, transports).federated(document, {});
    expect(own.data).toEqual({
      events: ['e1', 'e2', 'e3'].map((id) => ({ id, seatsLeft: null, crowd: null })),
    });
    expect(own.errors).toContainEqual({
      message: 'away',
      path: ['events', 0, 'hall', 'seats'],
      code: 'DOWNSTREAM_SERVICE_ERROR',
      subgraph: 'halls',
    });
  });
});

describe('errors', () => {
  it('of what is asked of the schema itself are told', async () => {
    await expectRight(shop, 'query ($name: String = "Size") { a: __type(name: $name) { name } }', {
      name: null,
    });
  });

  it('are told when they stand where the answer has nothing', async () => {
    const graph = createGraph(eventsGraph);
    const halls: Transport = {
      fetch: async () => ({
        data: { _entities: [null, null] },
        errors: [new GraphQLError('lost', { path: ['_entities', 7, 'name'] })],
      }),
    };
    const transports = new Map(graph.transports).set('halls', halls);
    const document = parse('{ events { hall { name } } }');
    const { own } = await createThreeWays(graph, transports).federated(document, {});
    expect(own.errors.map(({ message, path }) => [message, path])).toEqual([
      ['lost', ['events', 0, 'hall', 'name']],
      ['lost', ['events', 1, 'hall', 'name']],
    ]);
  });
});

describe('introspection', () => {
  it('stands next to other fields, in fragments, under other names', async () => {
    const query = `query ($name: String!, $no: Boolean = false) {
      events { id } __typename
      ...Q
      ... @skip(if: $no) { event: __type(name: $name) { kind } }
    }
    fragment Q on Query { constructor: __schema { queryType { a: name ...N } } n: __type(name: "x") { name } }
    fragment N on __Type { __typename kind @include(if: $no) ofType { name } }`;
    await expectRight(eventsGraph, query, { name: 'Hall' });
  });

  it('may be asked for where a mutation answers with a query', async () => {
    const query = `mutation ($name: String = "Hall") {
      move(id: "e1", to: "h2") {
        ... on Moved { query { a: __type(name: $name) { name } next { id } } }
      }
    }`;
    await expectRight(eventsGraph, query);
    await expectRight(eventsGraph, query, { name: null });
  });
});

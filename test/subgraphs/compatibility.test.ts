import { readFileSync } from 'node:fs';
import { parse, type DocumentNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeSubgraphs } from '../../scripts/schema/composition.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { subgraphServices } from '../../subgraphs/services.ts';
import { entitiesOf, importedDirectives } from '../helpers/entities.ts';
import { post } from '../helpers/graph.ts';
import { serveSubgraphs } from '../helpers/serveSubgraphs.ts';

/*
 * Apollo's criteria for subgraphs, as far as our schemas use what they are about, on the wire. What there is
 * to check is read from the SDLs. That the list of entities is whole, and what the gateway makes of interface
 * objects, is in standalone.test.ts and graph/interfaceObjects.test.ts.
 */

/** Directives whose promise is kept on the wire, and checked here. */
const CHECKED = ['@key', '@shareable', '@interfaceObject'];
/** Directives that a subgraph itself does nothing about: they speak to composition and to gateways. */
const FOR_GATEWAYS = [
  '@tag',
  '@inaccessible',
  '@authenticated',
  '@requiresScopes',
  '@policy',
  '@cost',
  '@listSize',
];

const AT_ONCE = 50;

let served: Awaited<ReturnType<typeof serveSubgraphs>>;
/** The keys of the records of each type, whichever subgraph has them. */
const keysOf = new Map<string, string[]>();

beforeAll(async () => {
  served = await serveSubgraphs();
  for (const { database } of subgraphs) {
    for (const [type, model] of Object.entries(database.models)) {
      keysOf.set(
        type,
        (await model.find().sort({ _id: 1 }).lean()).map(({ _id }) => String(_id)),
      );
    }
  }
  const { data } = await post(
    served.urlOf('organizations'),
    'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Organization { id } } }',
    { r: keysOf.get('Organization')?.map((id) => ({ __typename: 'Organization', id })) },
  );
  const { _entities: organizations } = data as { _entities: { __typename: string; id: string }[] };
  for (const { __typename, id } of organizations) {
    keysOf.set(__typename, [...(keysOf.get(__typename) ?? []), id]);
  }
});

afterAll(() => served?.close());

const askEntities = (subgraph: string, selection: string, representations: readonly unknown[]) =>
  post(
    served.urlOf(subgraph),
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${selection} } }`,
    { representations },
  );

/** Of a foreign record a subgraph keeps no more than its key, so it knows none that is not there. */
const owns = (name: string, type: string) => {
  const { database, schema } = subgraphs.find((each) => each.name === name) ?? {};
  const model = database?.models[type];
  const implemented = schema?.getType(type)?.astNode;
  const names =
    implemented && 'interfaces' in implemented
      ? (implemented.interfaces ?? []).map((node) => node.name.value)
      : [];
  return model !== undefined || names.some((each) => each in (database?.models ?? {}));
};

const entities = subgraphs.flatMap(({ name, typeDefs }) =>
  entitiesOf(typeDefs).map((entity) => ({ subgraph: name, ...entity })),
);

describe.each(entities)('$type of $subgraph', ({ subgraph, type, key }) => {
  const selection = `... on ${type} { ${key} }`;
  const representation = (value: unknown) => ({ __typename: type, [key]: value });
  const known = () => keysOf.get(type) ?? [];

  it(`answers ${AT_ONCE} at once in the order asked, twice the same, unknown ones among them`, async () => {
    const asked = Array.from({ length: AT_ONCE }, (_, index) =>
      index % 3 === 1 ? `no-such-${index}` : known().at(-1 - (index % known().length)),
    );
    const answer = await askEntities(subgraph, selection, asked.map(representation));
    const isOwn = owns(subgraph, type);
    expect(answer).toEqual({
      data: {
        _entities: asked.map((value) =>
          isOwn && value?.startsWith('no-such-')
            ? null
            : { __typename: expect.any(String) as string, [key]: value },
        ),
      },
    });
    // The second time the document is known: it goes another way.
    expect(await askEntities(subgraph, selection, asked.map(representation))).toEqual(answer);
  });

  it('refuses a representation without a key, and answers those beside it', async () => {
    const [first = ''] = known();
    const refused = [
      { __typename: type },
      representation(null),
      representation({ $ne: '' }),
      representation([first]),
      representation(true),
    ];
    const { data, errors } = await askEntities(subgraph, selection, [
      representation(first),
      ...refused,
      representation(first),
    ]);
    const entity = { __typename: expect.any(String) as string, [key]: first };
    expect(data).toEqual({ _entities: [entity, ...refused.map(() => null), entity] });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual(
      refused.map((_, index) => [['_entities', index + 1], { code: 'BAD_USER_INPUT' }]),
    );
    for (const { message } of errors ?? []) expect(message).toContain(`"${key}"`);
  });

  it('does not mind fields that it did not ask for', async () => {
    const [first] = known();
    const asked = { ...representation(first), somethingElse: { nested: [1] } };
    expect(await askEntities(subgraph, selection, [asked])).toEqual(
      await askEntities(subgraph, selection, [representation(first)]),
    );
  });
});

describe.each(subgraphs)('$name', ({ name, typeDefs }) => {
  it('uses no directive of federation whose promise nobody checks', () => {
    const unknown = importedDirectives(typeDefs).filter(
      (each) => ![...CHECKED, ...FOR_GATEWAYS].includes(each),
    );
    expect(unknown).toEqual([]);
  });

  it.each([
    [{ __typename: 'Nothing', id: '1' }, 'There are no entities of the type "Nothing" here.'],
    [{ __typename: 'PageInfo', id: '1' }, 'There are no entities of the type "PageInfo" here.'],
    [{ __typename: 'Query' }, 'There are no entities of the type "Query" here.'],
    [{ __typename: '__proto__' }, 'There are no entities of the type "__proto__" here.'],
    [{ id: '1' }, 'A representation must be an object with a "__typename".'],
    ['Source', 'A representation must be an object with a "__typename".'],
    [['Source'], 'A representation must be an object with a "__typename".'],
  ])('says what is wrong with the representation %j', async (asked, message) => {
    expect(await askEntities(name, '', [asked])).toEqual({
      data: { _entities: [null] },
      errors: [
        expect.objectContaining({
          message,
          path: ['_entities', 0],
          extensions: { code: 'BAD_USER_INPUT' },
        }),
      ],
    });
  });

  it('gives no trace to those who ask for one: it would tell how it is made', async () => {
    const response = await fetch(served.urlOf(name), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollo-federation-include-trace': 'ftv1',
      },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  const query = 'query Named($type: String!) { __type(name: $type) { name kind } }';
  const variables = { type: 'Source' };
  const body = JSON.stringify({ query, variables, operationName: 'Named', extensions: {} });
  const get = new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString();
  const json = 'application/json';
  const graphql = 'application/graphql-response+json';
  it.each([
    ['by POST', '', {}, json],
    ['as the router of Apollo asks', '', { accept: `${json}, ${graphql}` }, json],
    ['as GraphQL over HTTP asks', '', { accept: `${graphql}, ${json};q=0.9` }, graphql],
    ['by GET', `?${get}`, { 'apollo-require-preflight': 'true' }, json],
  ])('answers %s', async (_title, search, headers, type) => {
    const init = search
      ? { headers }
      : { method: 'POST', headers: { 'content-type': json, ...headers }, body };
    for (const time of ['first', 'second']) {
      const response = await fetch(`${served.urlOf(name)}${search}`, init);
      expect([time, response.status, response.headers.get('content-type')]).toEqual([
        time,
        200,
        `${type}; charset=utf-8`,
      ]);
      expect(await response.json()).toEqual({
        data: { __type: { name: 'Source', kind: 'OBJECT' } },
      });
    }
  });
});

/** The entities that several subgraphs answer fields of. */
const shared = [...new Set(entities.filter(hasShareable).map(({ type }) => type))];
function hasShareable({ shareable }: { shareable: readonly string[] }) {
  return shareable.length > 0;
}

it('there are entities with shared fields', () => {
  expect(shared).toEqual(['Source']);
});

it.each(shared)(
  'the shared fields of every %s are answered equally by all that share them',
  async (type) => {
    const sharing = entities.filter((entity) => entity.type === type && hasShareable(entity));
    expect(sharing.length).toBeGreaterThan(1);
    const [{ key, shareable } = { key: '', shareable: [] }] = sharing;
    const representations = (keysOf.get(type) ?? []).map((value) => ({
      __typename: type,
      [key]: value,
    }));
    const answers = await Promise.all(
      sharing.map(({ subgraph }) =>
        askEntities(
          subgraph,
          `... on ${type} { ${[key, ...shareable].join(' ')} }`,
          representations,
        ),
      ),
    );
    const { _entities: records } = answers[0]?.data as { _entities: unknown[] };
    expect(records).toHaveLength(representations.length);
    expect(records).not.toContain(null);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  },
);

it('an interface object answers the fields that it adds, by the name of the interface', async () => {
  const adding = entities.filter(({ isInterfaceObject }) => isInterfaceObject);
  expect(adding.map(({ subgraph, type }) => [subgraph, type])).toEqual([
    ['campaigns', 'Organization'],
    ['recognitions', 'Organization'],
  ]);
  const organization = { __typename: 'Organization', id: 'org-hoi-nct-viet-nam' };
  expect(
    await askEntities('campaigns', '... on Organization { participations { totalCount } }', [
      organization,
    ]),
  ).toEqual({
    data: { _entities: [{ __typename: 'Organization', participations: { totalCount: 10 } }] },
  });
  expect(
    await askEntities('recognitions', '... on Organization { recognitionsIssued { totalCount } }', [
      organization,
    ]),
  ).toEqual({
    data: { _entities: [{ __typename: 'Organization', recognitionsIssued: { totalCount: 2 } }] },
  });
});

it('a body is no organization of another kind than its own', async () => {
  const id = 'org-hoi-nct-viet-nam';
  const asked = ['PoliceUnit', 'ElderlyAssociation'].map((__typename) => ({ __typename, id }));
  expect(await askEntities('organizations', '', asked)).toEqual({
    data: { _entities: [null, { __typename: 'ElderlyAssociation' }] },
  });
});

it('a value that a scalar refuses is bad input, wherever it stands', async () => {
  const errorOf = async (query: string, variables?: Record<string, unknown>) => {
    const { errors } = await post(served.urlOf('campaigns'), query, variables);
    return errors?.map(({ extensions }) => extensions);
  };
  const refused = [{ code: 'BAD_USER_INPUT' }];
  expect(
    await errorOf('{ activities(filter: { date: { from: "yesterday" } }) { totalCount } }'),
  ).toEqual(refused);
  expect(
    await errorOf(
      'query ($from: PartialDate) { activities(filter: { date: { from: $from } }) { totalCount } }',
      { from: 'yesterday' },
    ),
  ).toEqual(refused);
});

it('the SDLs that the subgraphs give compose to the very supergraph', async () => {
  const services = await Promise.all(
    subgraphServices.map(async ({ name, port }) => {
      const { data } = await post(served.urlOf(name), '{ _service { sdl } }');
      const { sdl } = (data as { _service: { sdl: string } })._service;
      const typeDefs: DocumentNode = parse(sdl);
      return { name, url: `http://127.0.0.1:${port}/graphql`, typeDefs };
    }),
  );
  const committed = readFileSync('schema/supergraph.graphql', 'utf8');
  expect(composeSubgraphs(services).supergraph.trim()).toBe(committed.replace(/^#.*\n/, '').trim());
});

import { describe, expect, it } from 'vitest';
import { matching, post } from '../kit.ts';
import { denied, startGuarded } from './guarded.ts';

/*
 * What the specifications of @authenticated, @requiresScopes and @policy promise, and the ways around them that
 * other gateways have had: renamed imports, fragments on implementations, fields of interfaces, computed fields.
 */

const people = [
  { __typename: 'Person', id: '1', name: 'An', note: 'n1', email: 'an@x.vn', rank: 'HIGH' },
  { __typename: 'Person', id: '2', name: 'Bình', note: 'n2', email: 'binh@x.vn', rank: 'LOW' },
];
const dossier = { __typename: 'Dossier', id: '3', name: 'Hồ sơ', note: 'n3', body: 'kín' };
const memo = { __typename: 'Memo', id: '4', name: 'Ghi chú', note: 'n4' };

const registry = {
  sdl: `
    type Query {
      person(id: ID!): Person
      people: [Person!]!
      secret: String @authenticated
      strict: String! @authenticated
      open: String
      records: [Record!]!
      found: [Found!]!
      dossier: Dossier
      rank: Rank
      stamp: Stamp
      stamps: [Stamp!]
    }
    type Mutation { erase: Boolean @authenticated touch: Boolean }
    interface Record { id: ID! name: String note: String }
    type Person implements Record @key(fields: "id") {
      id: ID!
      name: String
      note: String @authenticated
      email: String @requiresScopes(scopes: [["email:read"], ["people:read", "people:all"]])
      must: String! @requiresScopes(scopes: [["must:read"]])
      salary: Int @policy(policies: [["editor", "agency:org-a"], ["role:administrator"]])
      rank: Rank
      friend: Person
    }
    type Dossier implements Record @authenticated { id: ID! name: String note: String body: String }
    type Memo implements Record { id: ID! name: String note: String }
    union Found = Person | Dossier | Memo
    enum Rank @authenticated { LOW HIGH }
    scalar Stamp @requiresScopes(scopes: [["stamp:read"]])
  `,
  resolvers: {
    Query: {
      person: (_: unknown, { id }: { id: string }) => people.find((each) => each.id === id),
      people: () => people,
      secret: () => 'kín',
      strict: () => 'kín',
      open: () => 'mở',
      records: () => [people[0], dossier, memo],
      found: () => [people[0], dossier, memo],
      dossier: () => dossier,
      rank: () => 'HIGH',
      stamp: () => 'dấu',
      stamps: () => ['dấu'],
    },
    Mutation: { erase: () => true, touch: () => true },
    Person: {
      __resolveReference: ({ id }: { id: string }) => people.find((each) => each.id === id),
      salary: () => 7,
      must: () => 'phải',
      friend: ({ id }: { id: string }) => people.find((each) => each.id !== id),
    },
  },
};

const scores = {
  sdl: `
    type Person @key(fields: "id") {
      id: ID!
      email: String @external
      domain: String @requires(fields: "email") @requiresScopes(scopes: [["email:read"], ["people:read", "people:all"]])
      score: Int
    }
  `,
  resolvers: {
    Person: {
      domain: ({ email }: { email: string }) => email.split('@')[1],
      score: ({ id }: { id: string }) => Number(id) * 10,
    },
  },
};

/** As composition was before it wrote onto interfaces what their implementations demand. */
const withoutPropagation = (supergraph: string) =>
  supergraph
    .replace(/(interface Record\n(?: {2}@join__type.*\n)*) {2}@authenticated\n/, '$1')
    .replace(/(interface Record[^}]*note: String)[^\n]*@authenticated/, '$1');

describe.each(['compiled', 'apollo'])('GATEWAY_EXECUTOR=%s', (executor) => {
  const start = (options: Partial<Parameters<typeof startGuarded>[0]> = {}) =>
    startGuarded({ subgraphs: { registry, scores }, executor, ...options });

  it('a denied field is null with code and path, and the rest of the answer comes', async () => {
    const { ask, as, asked } = await start();
    const query = '{ open secret people { id note score } }';
    expect(await ask(query)).toMatchObject({
      status: 200,
      data: {
        open: 'mở',
        secret: null,
        people: [
          { id: '1', note: null, score: 10 },
          { id: '2', note: null, score: 20 },
        ],
      },
      errors: [denied('secret'), denied('people', 0, 'note'), denied('people', 1, 'note')],
    });
    expect(asked.filter((field) => /secret|note/.test(field))).toEqual([]);

    const anyKey = await as({});
    const { data, errors } = await anyKey(query);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ secret: 'kín', people: [{ note: 'n1' }, { note: 'n2' }] });
  });

  it('the error says what it takes', async () => {
    const { ask } = await start();
    const { errors } = await ask('{ secret person(id: 1) { email salary } }');
    expect(errors?.map(({ message }) => message)).toEqual([
      'You may not read Query.secret: it takes an API key or a token.',
      'You may not read Person.email: it takes the scope email:read, or the scopes people:read and people:all.',
      'You may not read Person.salary: it takes the policies editor and agency:org-a, or the policy role:administrator.',
    ]);
  });

  it('all scopes of one of the lists are needed; * stands for all', async () => {
    const { ask, as } = await start();
    const query = '{ person(id: 1) { email } }';
    const emailFor = async (rights: { scopes: string[] }) =>
      (await (await as(rights))(query)).data?.['person'];
    expect((await ask(query)).data).toEqual({ person: { email: null } });
    expect(await emailFor({ scopes: ['people:read'] })).toEqual({ email: null });
    expect(await emailFor({ scopes: ['EMAIL:READ', 'email:rea'] })).toEqual({ email: null });
    expect(await emailFor({ scopes: ['people:all', 'people:read'] })).toEqual({ email: 'an@x.vn' });
    expect(await emailFor({ scopes: ['email:read'] })).toEqual({ email: 'an@x.vn' });
    expect(await emailFor({ scopes: ['*'] })).toEqual({ email: 'an@x.vn' });
  });

  it('policies are met by roles and by the agency', async () => {
    const { as } = await start();
    const salaryFor = async (rights: { agency?: string; roles?: string[]; scopes?: string[] }) =>
      (await (await as(rights))('{ person(id: 1) { salary } }')).data?.['person'];
    expect(await salaryFor({ agency: 'org-a' })).toEqual({ salary: null });
    expect(await salaryFor({ agency: 'org-b', roles: ['editor'] })).toEqual({ salary: null });
    expect(await salaryFor({ agency: 'org-b', roles: ['agency:org-a', 'editor'] })).toEqual({
      salary: 7,
    });
    expect(await salaryFor({ scopes: ['*'] })).toEqual({ salary: null });
    expect(await salaryFor({ agency: 'org-a', roles: ['editor'] })).toEqual({ salary: 7 });
    expect(await salaryFor({ roles: ['administrator'] })).toEqual({ salary: 7 });
  });

  it('null rises to where it may be, as the specification of GraphQL says', async () => {
    const { ask } = await start();
    expect(await ask('{ open person(id: 1) { id must } }')).toMatchObject({
      data: { open: 'mở', person: null },
      errors: [denied('person', 'must')],
    });
    expect(await ask('{ open strict }')).toMatchObject({ data: null, errors: [denied('strict')] });
    expect(await ask('{ people { must } }')).toMatchObject({
      data: null,
      errors: [denied('people', 0, 'must')],
    });
  });

  it('scalars, enums and objects are protected wherever they are given', async () => {
    const { ask, as } = await start();
    const query = '{ stamp stamps rank person(id: 1) { rank friend { rank } } dossier { name } }';
    expect(await ask(query)).toMatchObject({
      data: {
        stamp: null,
        stamps: null,
        rank: null,
        person: { rank: null, friend: { rank: null } },
        dossier: null,
      },
      errors: [
        denied('stamp'),
        denied('stamps'),
        denied('rank'),
        denied('person', 'rank'),
        denied('person', 'friend', 'rank'),
        denied('dossier'),
      ],
    });
    const keyed = await as({ scopes: ['stamp:read'] });
    expect(await keyed(query)).toEqual({
      status: 200,
      data: {
        stamp: 'dấu',
        stamps: ['dấu'],
        rank: 'HIGH',
        person: { rank: 'HIGH', friend: { rank: 'LOW' } },
        dossier: { name: 'Hồ sơ' },
      },
    });
  });

  it('no alias and no fragment leads around, whoever has asked the same before', async () => {
    const { ask, as, asked } = await start();
    const query = `
      { a: secret ...Root person(id: 1) { x: friend { ...Deep } ... { name: note } ... on Person { mail: email } } }
      fragment Root on Query { b: secret again: person(id: 2) { ...Deep } }
      fragment Deep on Person { ...Deeper id }
      fragment Deeper on Person { ... @include(if: true) { hidden: note } }
    `;
    const keyed = await as({ scopes: ['*'] });
    expect((await keyed(query)).errors).toBeUndefined();
    asked.length = 0;
    expect(await ask(query)).toMatchObject({
      data: {
        a: null,
        person: { x: { id: '2', hidden: null }, name: null, mail: null },
        b: null,
        again: { id: '2', hidden: null },
      },
    });
    expect(asked.filter((field) => /secret|note|email/.test(field))).toEqual([]);

    // All that is denied stands in a fragment: the operation itself reads the same for both.
    const inFragment = '{ ...F } fragment F on Query { secret open }';
    expect((await keyed(inFragment)).data).toEqual({ secret: 'kín', open: 'mở' });
    expect((await ask(inFragment)).data).toEqual({ secret: null, open: 'mở' });
    expect((await keyed(inFragment)).data).toEqual({ secret: 'kín', open: 'mở' });
  });

  it('an operation that is denied as a whole asks no subgraph; what else it asks is answered', async () => {
    const { ask, asked } = await start();
    expect(await ask('{ __typename secret dossier { body } }')).toMatchObject({
      data: { __typename: 'Query', secret: null, dossier: null },
      errors: [denied('secret'), denied('dossier')],
    });
    expect(await ask('mutation { erase }')).toMatchObject({
      data: { erase: null },
      errors: [denied('erase')],
    });
    expect(asked).toEqual([]);
    expect(await ask('mutation { erase touch }')).toMatchObject({
      data: { erase: null, touch: true },
    });
    expect(asked).toEqual(['Mutation.touch']);
    expect(await ask('query ($no: Boolean!) { secret @skip(if: $no) }', { no: 'x' })).toMatchObject(
      { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    );
  });

  it('a multitude of denied fields is told as a multitude of errors is', async () => {
    const { ask } = await start({ env: { LIMIT_ALIASES: '1000', LIMIT_REPEATS: '1000' } });
    const fields = Array.from({ length: 300 }, (_, index) => `a${index}: note`).join(' ');
    const { data, errors = [] } = await ask(`{ people { ${fields} } }`);
    expect(data?.['people']).toHaveLength(2);
    expect(errors).toHaveLength(501);
    expect(errors[499]).toMatchObject(denied('people', 1, 'a199'));
    expect(errors[500]).toMatchObject({
      message: matching(/^100 more errors/),
      extensions: { code: 'TOO_MANY_ERRORS' },
    });
  });

  it('a demand on fields of an interface object holds for all objects', async () => {
    const { ask, as } = await start({
      subgraphs: {
        records: {
          sdl: `
            type Query { record: Paper records: [Paperwork!]! }
            interface Paperwork @key(fields: "id") { id: ID! }
            type Paper implements Paperwork @key(fields: "id") { id: ID! }
          `,
          resolvers: {
            Query: {
              record: () => ({ __typename: 'Paper', id: '1' }),
              records: () => [{ __typename: 'Paper', id: '1' }],
            },
            Paperwork: {
              __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Paper', id }),
            },
          },
        },
        awards: {
          sdl: `type Paperwork @key(fields: "id") @interfaceObject { id: ID! award: String @authenticated open: String }`,
          resolvers: { Paperwork: { award: () => 'cờ', open: () => 'mở' } },
        },
      },
    });
    const query = '{ record { award open } records { id ... on Paper { award open } } }';
    const data = (award: string | null) => ({
      record: { award, open: 'mở' },
      records: [{ id: '1', award, open: 'mở' }],
    });
    expect(await ask(query)).toMatchObject({
      data: data(null),
      errors: [denied('record', 'award'), denied('records', 0, 'award')],
    });
    expect(await (await as({}))(query)).toEqual({ status: 200, data: data('cờ') });
  });

  it('conditions, introspection and a choice of operations stay what they are', async () => {
    const { url, ask } = await start();
    const query =
      'query ($no: Boolean!) { secret @include(if: $no) open __schema { queryType { name } } }';
    expect(await ask(query, { no: false })).toEqual({
      status: 200,
      data: { open: 'mở', __schema: { queryType: { name: 'Query' } } },
    });
    expect(await ask(query, { no: true })).toMatchObject({
      data: { secret: null, open: 'mở', __schema: { queryType: { name: 'Query' } } },
      errors: [denied('secret')],
    });
    const two = 'query A { open } query B { secret open }';
    expect(await post(url, { query: two, operationName: 'A' })).toEqual({
      status: 200,
      data: { open: 'mở' },
    });
    for (let time = 0; time < 2; time += 1) {
      expect(await post(url, { query: two, operationName: 'B' })).toMatchObject({
        data: { secret: null, open: 'mở' },
        errors: [denied('secret')],
      });
    }
    expect((await ask(two)).errors).toMatchObject([{ message: matching(/operationName/) }]);
  });

  it('an interface demands what any of its implementations does', async () => {
    const { ask, as, supergraph } = await start();
    // Composition has written it onto the interface.
    expect(supergraph).toMatch(/interface Record\n( {2}@join__type.*\n)* {2}@authenticated\n/);
    expect(await ask('{ open records { name } }')).toMatchObject({
      data: null,
      errors: [denied('records')],
    });
    const keyed = await as({});
    expect((await keyed('{ records { name note } }')).data).toEqual({
      records: [
        { name: 'An', note: 'n1' },
        { name: 'Hồ sơ', note: 'n3' },
        { name: 'Ghi chú', note: 'n4' },
      ],
    });
  });

  it('so it does where composition does not say it, and implementations that are open stay so', async () => {
    const { ask, supergraph } = await start({ edit: withoutPropagation });
    expect(supergraph).toMatch(/interface Record\n( {2}@join__type.*\n)*\{/);
    const query = `{
      records { __typename kind: __typename name ... on Memo { memo: note } ... on Person { id note } ... on Dossier { body } }
    }`;
    expect(await ask(query)).toMatchObject({
      data: {
        records: [
          { __typename: 'Person', kind: 'Person', name: null, id: '1', note: null },
          { __typename: 'Dossier', kind: 'Dossier', name: null, body: null },
          { __typename: 'Memo', kind: 'Memo', name: null, memo: 'n4' },
        ],
      },
      errors: [
        denied('records', 0, 'name'),
        denied('records', 0, 'note'),
        denied('records', 1, 'name'),
        denied('records', 1, 'body'),
        denied('records', 2, 'name'),
      ],
    });
  });

  it('members of a union are protected each for itself', async () => {
    const { ask } = await start();
    const query = `{
      found { typeHere: __typename ... on Person { name } ... on Dossier { ...Body } ... on Record { common: name } }
    } fragment Body on Dossier { body }`;
    expect(await ask(query)).toMatchObject({
      data: {
        found: [
          { typeHere: 'Person', name: 'An', common: null },
          { typeHere: 'Dossier', body: null, common: null },
          { typeHere: 'Memo', common: null },
        ],
      },
    });
  });

  it('what stands on an interface alone holds for a fragment on any of its types', async () => {
    const { ask, as } = await start({
      edit: (text) =>
        withoutPropagation(text).replace(
          /(interface Record[^}]*name: String)/,
          '$1 @policy(policies: [["editor"]])',
        ),
    });
    const query = '{ found { ... on Memo { name id } } person(id: 1) { name id } }';
    expect(await ask(query)).toMatchObject({
      data: { found: [{}, {}, { name: null, id: '4' }], person: { name: null, id: '1' } },
      errors: [denied('found', 2, 'name'), denied('person', 'name')],
    });
    const editor = await as({ roles: ['editor'] });
    expect((await editor(query)).data).toMatchObject({ person: { name: 'An', id: '1' } });
  });

  it('a field that is computed from a protected one is protected too', async () => {
    const { ask, as, asked } = await start({
      edit: (text) => text.replace(/(domain: String [^\n]*?) @requiresScopes.*/, '$1'),
    });
    const query = '{ person(id: 1) { domain score } }';
    expect(await ask(query)).toMatchObject({
      data: { person: { domain: null, score: 10 } },
      errors: [denied('person', 'domain')],
    });
    expect(asked).not.toContain('Person.email');
    const keyed = await as({ scopes: ['email:read'] });
    expect((await keyed(query)).data).toEqual({ person: { domain: 'x.vn', score: 10 } });
  });

  it.each([
    ['another name', '{ name: "@authenticated", as: "@login" }, { name: "@policy", as: "@rule" }'],
    [
      'names that are one another’s',
      '{ name: "@authenticated", as: "@policy" }, { name: "@policy", as: "@authenticated" }',
    ],
  ])('directives that are imported under %s are enforced', async (_what, imports) => {
    const [, login = ''] = /"@authenticated", as: "@(\w+)"/.exec(imports) ?? [];
    const [, rule = ''] = /"@policy", as: "@(\w+)"/.exec(imports) ?? [];
    const { ask, as } = await start({
      imports,
      subgraphs: {
        one: {
          sdl: `type Query { a: String @${login} b: String @${rule}(policies: [["editor"]]) c: String }`,
          resolvers: { Query: { a: () => 'a', b: () => 'b', c: () => 'c' } },
        },
      },
    });
    expect((await ask('{ a b c }')).data).toEqual({ a: null, b: null, c: 'c' });
    expect((await (await as({}))('{ a b c }')).data).toEqual({ a: 'a', b: null, c: 'c' });
    const editor = await as({ roles: ['editor'] });
    expect((await editor('{ a b c }')).data).toEqual({ a: 'a', b: 'b', c: 'c' });
  });

  it('a link with a name of its own gives the directive that name', async () => {
    const { ask } = await start({
      edit: (text) =>
        text
          .replace('authenticated/v0.1", for: SECURITY', 'authenticated/v0.1", as: "known"')
          .replaceAll('@authenticated', '@known'),
    });
    expect((await ask('{ open secret }')).data).toEqual({ open: 'mở', secret: null });
  });

  it('those who ask at the same time get each their own', async () => {
    const { ask, as } = await start();
    const keyed = await as({});
    const query = '{ open secret }';
    const answers = await Promise.all([ask(query), keyed(query), ask(query), keyed(query)]);
    expect(answers.map(({ data }) => data?.['secret'])).toEqual([null, 'kín', null, 'kín']);
  });

  it('a version of the directives that nobody knows is refused', async () => {
    await expect(
      start({
        edit: (text) => text.replace('authenticated/v0.1", for: SECURITY', 'authenticated/v0.2"'),
      }),
    ).rejects.toThrow(/@authenticated v0\.2, which can't be enforced/);
  });
});

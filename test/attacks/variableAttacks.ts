import { postJson, refused, send, type Attack } from './Attack.ts';

const LARGE = 'VARIABLES_TOO_LARGE';
const BAD = 'BAD_USER_INPUT';
const byId = 'query ($id: ID!) { organization(id: $id) { id } }';
const search = 'query ($q: String!) { securityModels(search: $q, first: 2) { nodes { id } } }';
const page = 'query ($first: Int) { organizations(first: $first) { totalCount } }';
const nested = (open: string, close: string, levels: number) =>
  open.repeat(levels) + '1' + close.repeat(levels);
const raw = (
  name: string,
  code: Attack['code'],
  status: readonly number[],
  body: string,
): Attack => ({
  name,
  code,
  status,
  send: (url) => postJson(url, body),
});

/** Values that are too many, too deep, or not what they seem. */
export const variableAttacks: readonly Attack[] = [
  refused('a list without end', LARGE, byId, { id: Array.from({ length: 20_000 }, () => 1) }),
  refused('a list in an object', LARGE, byId, {
    id: { in: Array.from({ length: 5_000 }, () => 'a') },
  }),
  refused('lists that are not asked for', LARGE, '{ __typename }', {
    x: Array.from({ length: 5_000 }, () => 1),
  }),
  raw(
    'lists in lists',
    'OPERATION_TOO_COMPLEX',
    [200],
    `{"query":"${byId}","variables":{"id":${nested('[', ']', 50_000)}}}`,
  ),
  raw(
    'objects in objects',
    'OPERATION_TOO_COMPLEX',
    [200],
    `{"query":"${byId}","variables":{"id":${nested('{"a":', '}', 30_000)}}}`,
  ),
  raw(
    'deep extensions',
    'OPERATION_TOO_COMPLEX',
    [200],
    `{"query":"{ __typename }","extensions":{"a":${nested('[', ']', 50_000)}}}`,
  ),
  raw(
    'deep JSON elsewhere',
    undefined,
    [200],
    `{"query":"{ __typename }","more":${nested('[', ']', 50_000)}}`,
  ),
  raw(
    'variables that are a list',
    'BAD_REQUEST',
    [400],
    `{"query":"{ __typename }","variables":[1]}`,
  ),
  raw(
    'variables that are a text',
    'BAD_REQUEST',
    [400],
    `{"query":"{ __typename }","variables":"a"}`,
  ),
  raw(
    'a number that is infinite',
    BAD,
    [200],
    `{"query":"query ($n: Int) { organizations(first: $n) { totalCount } }","variables":{"n":1e999}}`,
  ),
  raw('a number for a query', 'BAD_REQUEST', [400], '{"query":1}'),
  raw(
    'an operation name that is an object',
    'BAD_REQUEST',
    [400],
    '{"query":"{ __typename }","operationName":{"$ne":1}}',
  ),
  raw(
    'extensions that are a list',
    'BAD_REQUEST',
    [400],
    '{"query":"{ __typename }","extensions":[1]}',
  ),
  refused('a long text for a number', BAD, page, { first: 'x'.repeat(200_000) }),
  refused('long names for a number', BAD, page, {
    first: { ['a'.repeat(90_000)]: 'b'.repeat(90_000) },
  }),
  refused('an operator for an id', BAD, byId, { id: { $ne: null } }),
  refused('a list for an id', BAD, byId, { id: ['a'] }),
  refused('null for what must be there', BAD, byId, { id: null }),
  refused('nothing for what must be there', BAD, byId, {}),
  refused('a page that is too long', BAD, '{ organizations(first: 1000) { nodes { id } } }'),
  refused('a page below zero', BAD, '{ organizations(first: -1) { nodes { id } } }'),
  refused('a cursor that is none', BAD, '{ organizations(first: 1, after: "x") { nodes { id } } }'),
  refused('a long id', undefined, byId, { id: 'x'.repeat(50_000) }),
  refused('an id with NUL', undefined, byId, { id: 'a\u0000b' }),
  refused('an id that is a lone surrogate', undefined, byId, { id: '\uD800' }),
  refused('an id of a prototype', undefined, byId, { id: '__proto__' }),
  refused('an id that is a path', undefined, byId, { id: '../../etc/passwd' }),
  refused(
    'an operation of a prototype',
    'OPERATION_RESOLUTION_FAILURE',
    'query A { __typename } query B { __typename }',
  ),
  ...[
    '.*',
    '(a+)+$',
    '\\',
    '$where',
    '\u0000',
    '\uD800',
    '\u202E',
    '"',
    '%00',
    'İ',
    '({[',
    '👍'.repeat(20),
  ].map((text) => refused(`a search for ${JSON.stringify(text)}`, [BAD, ''], search, { q: text })),
  refused('a long search', [BAD, ''], search, { q: 'ă '.repeat(20_000) }),
  {
    name: 'deep variables by GET',
    status: [200],
    code: 'OPERATION_TOO_COMPLEX',
    send: (url) =>
      send(
        `${url}?${new URLSearchParams({ query: '{ __typename }', variables: nested('[', ']', 900) }).toString()}`,
        {
          headers: { 'apollo-require-preflight': '1' },
        },
      ),
  },
  {
    name: 'too many fields by GET',
    status: [200],
    code: 'OPERATION_TOO_COMPLEX',
    send: (url) =>
      send(`${url}?${new URLSearchParams({ query: `{ ${'id '.repeat(150)} }` }).toString()}`, {
        headers: { 'apollo-require-preflight': '1' },
      }),
  },
];

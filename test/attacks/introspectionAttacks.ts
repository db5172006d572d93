import { refused, type Attack } from './Attack.ts';

const HIDDEN = 'GRAPHQL_VALIDATION_FAILED';
const closed = (name: string, query: string, variables?: unknown): Attack => ({
  ...refused(name, HIDDEN, query, variables),
  hides: /Did you mean|organizations|campaigns|PoliceUnit\b/,
});

/** What a gateway with INTROSPECTION=false must not tell. */
export const introspectionAttacks: readonly Attack[] = [
  closed('__schema', '{ __schema { types { name } } }'),
  closed('__type', '{ __type(name: "Query") { fields { name } } }'),
  closed('__schema under an alias', '{ a: __schema { types { name } } }'),
  closed('__schema in a fragment', '{ ...F } fragment F on Query { __schema { types { name } } }'),
  closed('__schema in an inline fragment', '{ ... on Query { __schema { types { name } } } }'),
  closed('a field that is nearly right', '{ organisations { totalCount } }'),
  closed('an argument that is nearly right', '{ campaign(idd: "x") { id } }'),
  closed('a type that is nearly right', '{ ... on PoliceUnitt { id } }'),
  closed('_service', '{ _service { sdl } }'),
  closed('_entities', '{ _entities(representations: []) { __typename } }'),
];

/** What a gateway never answers, even with introspection. */
export const federationAttacks: readonly Attack[] = [
  refused('_service of the gateway', HIDDEN, '{ _service { sdl } }'),
  refused(
    '_entities of the gateway',
    HIDDEN,
    'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
    { r: [{ __typename: 'Organization', id: 'org-bo-cong-an' }] },
  ),
  refused(
    'introspection in circles',
    ['GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_COMPLEX'],
    `{ __schema { types ${'{ fields { type '.repeat(8)} { name } ${'} }'.repeat(8)} } }`,
  ),
];

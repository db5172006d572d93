import { refused, type Attack } from './Attack.ts';

const many = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const COMPLEX = 'OPERATION_TOO_COMPLEX';
const LARGE = 'DOCUMENT_TOO_LARGE';
const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const PARSE = 'GRAPHQL_PARSE_FAILED';

const multiplying = (levels: number, times: number) =>
  `{ organizations { nodes { ...F0 } } } ${many(
    levels,
    (level) =>
      `fragment F${level} on Organization { ${many(times, (index) => `a${index}: parent { ...F${level + 1} }`)} }`,
  )} fragment F${levels} on Organization { id }`;

/** Documents that are made to keep a parser, a validator or a planner busy. */
export const documentAttacks: readonly Attack[] = [
  refused('characters without end', LARGE, `{ __typename } #${'x'.repeat(150_000)}`),
  refused('spaces without end', LARGE, `{ __typename${' '.repeat(150_000)}}`),
  refused('tokens', LARGE, `{ ${'id '.repeat(20_000)} }`),
  refused('tokens that are no GraphQL', LARGE, '! '.repeat(20_000)),
  refused('a long string', LARGE, `{ organization(id: "${'x'.repeat(150_000)}") { id } }`),
  refused(
    'a long block string',
    LARGE,
    `{ organization(id: """${'x\n'.repeat(60_000)}""") { id } }`,
  ),
  refused('open braces', COMPLEX, '{a'.repeat(7_000)),
  refused('nested braces', COMPLEX, '{a'.repeat(5_000) + '}'.repeat(5_000)),
  refused('nested inline fragments', COMPLEX, `{${'...{'.repeat(4_000)}id${'}'.repeat(4_000)}}`),
  refused('nested lists', COMPLEX, `{ a(x: ${'['.repeat(5_000)}${']'.repeat(5_000)}) }`),
  refused('nested objects', COMPLEX, `{ a(x: ${'{x:'.repeat(3_000)}1${'}'.repeat(3_000)}) }`),
  refused(
    'nested list types',
    COMPLEX,
    `query ($x: ${'['.repeat(5_000)}Int${']'.repeat(5_000)}) { a(x: $x) }`,
  ),
  refused('nested parentheses', COMPLEX, '{a('.repeat(3_000)),
  refused(
    'levels of fields',
    COMPLEX,
    `{ organizations { nodes ${'{ parent '.repeat(30)} { id } ${'}'.repeat(30)} } }`,
  ),
  refused(
    'levels through fragments',
    COMPLEX,
    `{ organizations { nodes { ...F0 } } } ${many(40, (level) => `fragment F${level} on Organization { parent { ...F${level + 1} } }`)} fragment F40 on Organization { id }`,
  ),
  refused('fragments that double', COMPLEX, multiplying(12, 2)),
  refused('fragments that multiply by ten', COMPLEX, multiplying(8, 10)),
  refused('fragments that multiply beyond numbers', COMPLEX, multiplying(15, 100)),
  refused(
    'a fragment within itself',
    INVALID,
    '{ organizations { nodes { ...A } } } fragment A on Organization { parent { ...A } }',
  ),
  refused(
    'fragments in a circle',
    INVALID,
    '{ organizations { nodes { ...A } } } fragment A on Organization { ...B } fragment B on Organization { ...A }',
  ),
  refused(
    'a web of fragments, each with all',
    INVALID,
    `{ __typename ...F0 } ${many(60, (index) => `fragment F${index} on Query { ${many(60, (other) => `...F${other}`)} }`)}`,
  ),
  refused(
    'an unused circle',
    INVALID,
    '{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }',
  ),
  refused(
    'fragments, each unused',
    COMPLEX,
    `{ __typename } ${many(1_000, (index) => `fragment F${index} on Query { __typename }`)}`,
  ),
  refused(
    'one spread many times',
    COMPLEX,
    `{ ${'...F '.repeat(3_000)} } fragment F on Query { __typename }`,
  ),
  refused(
    'aliases',
    COMPLEX,
    `{ organizations { nodes { ${many(500, (index) => `a${index}: id`)} } } }`,
  ),
  refused(
    'aliases through a fragment',
    COMPLEX,
    `{ organizations { nodes { ${many(10, (index) => `p${index}: parent { ...F }`)} } } } fragment F on Organization { ${many(50, (index) => `a${index}: id`)} }`,
  ),
  refused(
    'fields at the root',
    COMPLEX,
    `{ ${many(100, (index) => `a${index}: organizations { totalCount }`)} }`,
  ),
  refused(
    'fields at the root by fragments',
    COMPLEX,
    `{ ...F } fragment F on Query { ${many(100, (index) => `a${index}: __typename`)} }`,
  ),
  refused(
    'introspection many times',
    COMPLEX,
    `{ ${many(100, (index) => `a${index}: __schema { types { name fields { name } } }`)} }`,
  ),
  refused(
    'mutations many at once',
    COMPLEX,
    `mutation { ${many(100, (index) => `a${index}: __typename`)} }`,
  ),
  refused(
    'directives at one place',
    COMPLEX,
    `{ __typename ${'@include(if: true) '.repeat(500)} }`,
  ),
  refused('unknown directives at one place', COMPLEX, `{ __typename ${'@a '.repeat(3_000)} }`),
  refused(
    'directives at many places',
    COMPLEX,
    `{ organizations { nodes { ${many(60, (index) => `a${index}: id @skip(if: false) @include(if: true)`)} } } }`,
  ),
  refused('directives on the operation', COMPLEX, `query ${'@a '.repeat(100)} { __typename }`),
  refused(
    'directives on a fragment',
    COMPLEX,
    `{ ...F } fragment F on Query ${'@a '.repeat(100)} { __typename }`,
  ),
  refused(
    'directives on a variable',
    COMPLEX,
    `query ($a: Int ${'@a '.repeat(100)}) { __typename }`,
  ),
  refused(
    'operations',
    COMPLEX,
    many(500, (index) => `query Q${index} { __typename }`),
  ),
  refused(
    'operations without names',
    COMPLEX,
    many(500, () => '{ __typename }'),
  ),
  refused('one field many times', COMPLEX, `{ organizations { nodes { ${'id '.repeat(900)} } } }`),
  refused(
    'one field many times, with selections',
    COMPLEX,
    `{ ${many(45, () => `organizations { nodes { ${'id '.repeat(10)} } }`)} }`,
  ),
  refused(
    'one field many times, by inline fragments',
    COMPLEX,
    `{ organizations { nodes { ${'... on Organization { id } '.repeat(400)} } } }`,
  ),
  refused(
    'fields in all',
    COMPLEX,
    `{ organizations { nodes { ${many(30, (index) => `a${index}: parent { ${'id '.repeat(50)} }`)} } } }`,
  ),
  refused(
    'unknown fields',
    [INVALID, COMPLEX],
    `{ ${many(900, (index) => `organisation${index}`)} }`,
  ),
  refused('a long alias', COMPLEX, `{ ${'a'.repeat(50_000)}: __typename }`),
  refused(
    'a long alias in a list',
    COMPLEX,
    `{ organizations(first: 100) { nodes { ${'a'.repeat(90_000)}: id } } }`,
  ),
  refused(
    'a long name of an argument',
    COMPLEX,
    `{ organizations(${'a'.repeat(90_000)}: 1) { id } }`,
  ),
  refused('a long name of an operation', COMPLEX, `query ${'a'.repeat(90_000)} { __typename }`),
  refused(
    'long unknown names',
    COMPLEX,
    `{ ${many(9, (index) => `${'organization'.repeat(700)}${index}`)} }`,
  ),
  refused('a list as a literal', 'VARIABLES_TOO_LARGE', `{ a(x: [${'1 '.repeat(5_000)}]) }`),
  refused(
    'a list as a default',
    'VARIABLES_TOO_LARGE',
    `query ($x: [Int] = [${'1 '.repeat(5_000)}]) { a(x: $x) }`,
  ),
  refused(
    'a list in a directive',
    'VARIABLES_TOO_LARGE',
    `{ __typename @a(x: [${'1 '.repeat(5_000)}]) }`,
  ),
  refused(
    'variables, each unused',
    INVALID,
    `query (${many(2_500, (index) => `$v${index}: Int`)}) { __typename }`,
  ),
  refused(
    'variables of one name',
    INVALID,
    `query (${many(2_500, () => '$v: Int')}) { __typename }`,
  ),
  refused(
    'type definitions',
    INVALID,
    `{ __typename } ${many(500, (index) => `type T${index} { a: Int }`)}`,
  ),
  refused(
    'a schema in the place of a query',
    [INVALID, 'OPERATION_RESOLUTION_FAILURE'],
    'schema { query: Query } type Query { a: Int }',
  ),
  refused('an empty selection', PARSE, '{ }'),
  refused('nothing but a comment', PARSE, '# nothing'),
  refused('a lone surrogate', PARSE, '{ __typename \uD800 }'),
  refused('NUL in the document', PARSE, '{ __typename \u0000 }'),
  refused('an override of direction in a name', PARSE, '{ \u202Eorganizations }'),
  refused('a string that does not end', PARSE, '{ organization(id: "abc) { id } }'),
  refused('a surrogate escaped in a string', PARSE, '{ organization(id: "\\uD800") { id } }'),
  refused(
    'a number without end',
    [INVALID, 'BAD_USER_INPUT'],
    `{ organizations(first: ${'9'.repeat(5_000)}) { totalCount } }`,
  ),
  refused('@defer', [INVALID, PARSE], '{ ... @defer { __typename } }'),
  refused('subscription', INVALID, 'subscription { __typename }'),
];

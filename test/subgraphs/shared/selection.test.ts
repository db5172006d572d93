import { execute, parse, type GraphQLResolveInfo } from 'graphql';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { expect, it } from 'vitest';
import { declareReads } from '../../../subgraphs/shared/declareReads.ts';
import { passingOn, reading } from '../../../subgraphs/shared/reading.ts';
import { selectionOf, wholeRow, type Selection } from '../../../subgraphs/shared/selection.ts';

const typeDefs = parse(`
  type Query { place: Place, places: PlaceConnection, bodies: BodyConnection, body: Body }
  type Place @key(fields: "id") {
    id: ID! name: Text level: String parent: Place changes: [Change!] bodies: BodyConnection
  }
  type Text { vi: String }
  type Change { on: String from: Place to: Place }
  interface Body @key(fields: "id") { id: ID! name: Text kind: String place: Place }
  type Police implements Body @key(fields: "id") { id: ID! name: Text kind: String place: Place rank: Int }
  type Front implements Body @key(fields: "id") { id: ID! name: Text kind: String place: Place }
  type PlaceConnection { nodes: [Place!]! edges: [PlaceEdge!]! pageInfo: PageInfo! totalCount: Int! }
  type PlaceEdge { node: Place! cursor: String! }
  type BodyConnection { nodes: [Body!]! totalCount: Int! }
  type PageInfo { hasNextPage: Boolean! startCursor: String endCursor: String }
`);

let noted: Record<string, Selection>;
const note =
  (rowType: string) =>
  (_parent: unknown, _given: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    noted[info.fieldName] = selectionOf(info, rowType);
    return null;
  };

interface Row {
  _id: string;
  parentId: string;
  placeId: string;
  changes: object[];
  code: string;
}

const id = reading<Row, '_id', unknown[], string>(['_id'], ({ _id }) => _id);
const place = reading<Row, 'placeId', unknown[], null>(['placeId'], () => null);
const body = { id, place, __resolveReference: () => null };
const schema = buildSubgraphSchema({
  typeDefs,
  resolvers: {
    Query: {
      place: note('Place'),
      places: note('Place'),
      body: note('Body'),
      bodies: note('Body'),
    },
    Place: {
      __resolveReference: () => null,
      id,
      parent: reading<Row, 'parentId', unknown[], null>(['parentId'], () => null),
      changes: passingOn<Row, 'changes', unknown[], null>(['changes'], () => null),
      bodies: reading<Row, '_id', unknown[], null>(['_id'], () => null),
    },
    Body: {
      __resolveReference: () => null,
      __resolveType: reading<Row, 'code', unknown[], string>(['code'], () => 'Police'),
    },
    Police: body,
    Front: body,
  },
});
declareReads(schema, ['Place', 'Body']);

/** What is needed for the one field of a query. */
function select(query: string, variableValues = {}) {
  noted = {};
  void execute({ schema, document: parse(query), variableValues });
  const [selection] = Object.values(noted);
  if (!selection) throw new Error('nothing was asked');
  const { fields, hasRows, hasTotal, hasCursors } = selection;
  const flags = { hasRows, hasTotal, hasCursors };
  const on = Object.entries(flags).flatMap(([flag, isOn]) => (isOn ? [flag] : []));
  return [[...fields].sort().join(' '), on.join(' ')];
}

it('a field without a resolver is stored under its name, another needs what its resolver reads', () => {
  expect(select('{ place { id name { vi } parent { level } } }')).toEqual([
    '_id name parentId',
    'hasRows',
  ]);
});

it('nothing but the type needs nothing', () => {
  expect(select('{ place { __typename } }')).toEqual(['', '']);
  expect(select('{ places { __typename } }')).toEqual(['', '']);
});

it('what is selected of other records is read for those', () => {
  expect(
    select('{ place { parent { name { vi } } bodies { totalCount nodes { name { vi } } } } }'),
  ).toEqual(['_id parentId', 'hasRows']);
});

it('a row that is handed on needs what is selected where it is', () => {
  expect(select('{ place { changes { on from { level } } } }')).toEqual([
    'changes level',
    'hasRows',
  ]);
});

it('fragments, aliases and directives are looked through', () => {
  const query = `
    query ($no: Boolean!) { place { ...A x: level } place { ... on Place { parent { id } } } }
    fragment A on Place { name @include(if: $no) { vi } }
  `;
  expect(select(query, { no: false })).toEqual(['level name parentId', 'hasRows']);
});

it('of pages it is said whether rows, their number and cursors are selected', () => {
  expect(select('{ places { totalCount } }')).toEqual(['', 'hasTotal']);
  expect(select('{ places { nodes { level } } }')).toEqual(['level', 'hasRows']);
  expect(select('{ places { edges { cursor node { level } } } }')).toEqual([
    'level',
    'hasRows hasCursors',
  ]);
  expect(select('{ places { pageInfo { hasNextPage } } }')).toEqual(['', 'hasRows']);
  expect(select('{ places { pageInfo { endCursor } totalCount } }')).toEqual([
    '',
    'hasRows hasTotal hasCursors',
  ]);
});

it('an interface needs what its types do, and what the choice among them reads', () => {
  expect(select('{ body { __typename } }')).toEqual(['code', '']);
  expect(
    select('{ bodies { nodes { name { vi } ... on Police { rank place { level } } } } }'),
  ).toEqual(['code name placeId rank', 'hasRows']);
});

it('a whole row is all that can be selected', () => {
  expect([...wholeRow(schema, 'Body').fields].sort()).toEqual([
    '_id',
    'code',
    'kind',
    'name',
    'placeId',
    'rank',
  ]);
});

it('a resolver that does not declare what it reads is refused', () => {
  const undeclared = buildSubgraphSchema({
    typeDefs,
    resolvers: { Place: { level: () => 'COMMUNE' } },
  });
  expect(() => declareReads(undeclared, ['Place'])).toThrow(
    'Place.level does not declare what it reads',
  );
});

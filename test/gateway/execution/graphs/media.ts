import type { GraphParts, Row } from './Graph.ts';
import { createTable } from './Graph.ts';

/*
 * Abstract types: an interface with keys that another subgraph knows as one object only, unions whose
 * members grow in another subgraph, interfaces that implement interfaces, all of them in lists of lists.
 */

const works = createTable<Row>([
  { __typename: 'Book', id: 'b1', title: 'Số đỏ', pages: 200, author: 'p1', series: ['b2', 'f1'] },
  { __typename: 'Book', id: 'b2', title: null, pages: null, author: 'p2', series: [] },
  { __typename: 'Film', id: 'f1', title: 'Mùi đu đủ xanh', minutes: 104, series: ['b1', 'f1'] },
  { __typename: 'Film', id: 'f2', title: 'Cánh đồng hoang', minutes: 95, series: ['b2'] },
]);

const people = createTable<Row>([
  { __typename: 'Person', id: 'p1', name: 'Phụng', works: ['b1', 'f2'] },
  { __typename: 'Person', id: 'p2', name: 'Hùng', works: ['b2'] },
]);

const shelves = [
  { __typename: 'Shelf', label: 'trên', holds: ['b1', 'p1', 'f1'] },
  { __typename: 'Shelf', label: 'dưới', holds: [] },
];

const ratings: Record<string, number | Error> = { b1: 5, f1: 3, f2: new Error('f2 is not rated') };
const similar: Record<string, string[]> = { b1: ['f1', 'b2'], f1: ['b1'], b2: ['b2', 'f2'] };
const typeOf = ({ __typename }: Row) => String(__typename);
const anything = (id: unknown) => works.byId(id) ?? people.byId(id);

const rating = ({ id }: Row) => ratings[String(id)] ?? null;
const similarOf = ({ id }: Row) => similar[String(id)] ?? null;
const holds = ({ holds: ids }: { holds: string[] }) => ids.map(anything);
const seriesOf = ({ series }: Row) => works.byIds(series as string[]);

const isTall = (title: unknown, minutes: unknown) =>
  `${String(title)} of ${String(minutes)} minutes`;

const queries = {
  works: (_: unknown, { first }: { first?: number | null }) => works.first(first),
  work: (_: unknown, { id }: { id?: string | null }) => works.byId(id),
  grid: () => [works.byIds(['b1', 'f1']), null, [], works.byIds(['f2'])],
  search: (_: unknown, { kinds }: { kinds?: (string | null)[] | null }) =>
    [...works.rows, ...people.rows, ...shelves].filter(
      (row) => !kinds || kinds.includes(typeOf(row).toUpperCase()),
    ),
  shelf: () => shelves[0],
};

const named = { displayName: ({ title, name, label }: Row) => title ?? name ?? label ?? null };
const resolveType = { __resolveType: typeOf };

export const media: GraphParts = {
  name: 'media',
  subgraphs: {
    works: {
      sdl: `
      enum Kind { BOOK FILM SHELF PERSON }
      type Query {
        works(first: Int = 3): [Work!]
        work(id: ID = "b1"): Work
        grid: [[Work!]]
        search(kinds: [Kind] = [BOOK, SHELF]): [Item]!
        shelf: Shelf
      }
      interface Named { displayName: String }
      interface Work implements Named @key(fields: "id") {
        id: ID!
        title: String
        displayName: String
        series: [Work]
      }
      type Book implements Work & Named @key(fields: "id") {
        id: ID!
        title: String
        displayName: String
        pages: Int
        series: [Work]
      }
      type Film implements Work & Named @key(fields: "id") {
        id: ID!
        title: String!
        displayName: String
        minutes: Int!
        series: [Work!]
      }
      type Shelf implements Named { label: String! displayName: String holds: [Item] }
      type Person @key(fields: "id") { id: ID! }
      union Item = Book | Film | Shelf | Person`,
      resolvers: {
        Query: queries,
        Named: resolveType,
        Item: resolveType,
        Work: { ...resolveType, __resolveReference: works.resolveReference },
        Book: { ...named, __resolveReference: works.resolveReference, series: seriesOf },
        Film: { ...named, __resolveReference: works.resolveReference, series: seriesOf },
        Person: { __resolveReference: people.resolveReference },
        Shelf: { ...named, holds },
      },
    },
    ratings: {
      sdl: `
      type Query { best: Work rated: [Work] }
      type Work @interfaceObject @key(fields: "id") {
        id: ID!
        rating: Int
        similar: [Work]
        title: String @external
        shout: String @requires(fields: "title")
      }`,
      resolvers: {
        Query: {
          best: () => ({ id: 'b1' }),
          rated: () => [{ id: 'f1' }, { id: 'b2' }, null, { id: 'f1' }],
        },
        Work: {
          __resolveReference: (reference: Row) => ({ id: reference['id'], given: reference }),
          rating,
          similar: (row: Row) => similarOf(row)?.map((id) => ({ id })) ?? null,
          shout: ({ given }: { given: Row }) => `${String(given['title'])}!`,
        },
      },
    },
    people: {
      sdl: `
      type Query { people: [Person!] anyone: Named contributor: Contributor }
      interface Named { displayName: String }
      union Contributor = Person | Studio
      type Studio { city: String! staff: [Person] }
      type Person implements Named @key(fields: "id") {
        id: ID!
        name: String!
        displayName: String
        works: [Made]
      }
      union Made = Book | Film
      type Book @key(fields: "id") { id: ID! author: Person }
      type Film @key(fields: "id") {
        id: ID!
        title: String! @external
        minutes: Int! @external
        studio: Contributor
        summary: String @requires(fields: "title minutes")
      }`,
      resolvers: {
        Query: {
          people: () => people.rows,
          anyone: () => people.byId('p1'),
          contributor: () => people.byId('p2'),
        },
        Named: resolveType,
        Contributor: resolveType,
        Made: resolveType,
        Studio: { staff: () => people.rows },
        Person: {
          ...named,
          __resolveReference: people.resolveReference,
          works: ({ works: ids }: Row) => works.byIds(ids as string[]),
        },
        Book: {
          __resolveReference: works.resolveReference,
          author: ({ author }: Row) => people.byId(author),
        },
        Film: {
          __resolveReference: works.resolveReference,
          studio: () => ({ __typename: 'Studio', city: 'Huế' }),
          summary: ({ given }: { given: Row }) => isTall(given['title'], given['minutes']),
        },
      },
    },
  },
  monolith: {
    sdl: `
    enum Kind { BOOK FILM SHELF PERSON }
    type Query {
      works(first: Int = 3): [Work!]
      work(id: ID = "b1"): Work
      grid: [[Work!]]
      search(kinds: [Kind] = [BOOK, SHELF]): [Item]!
      shelf: Shelf
      best: Work
      rated: [Work]
      people: [Person!]
      anyone: Named
      contributor: Contributor
    }
    interface Named { displayName: String }
    interface Work implements Named {
      id: ID!
      title: String
      displayName: String
      series: [Work]
      rating: Int
      similar: [Work]
      shout: String
    }
    type Book implements Work & Named {
      id: ID!
      title: String
      displayName: String
      series: [Work]
      rating: Int
      similar: [Work]
      shout: String
      pages: Int
      author: Person
    }
    type Film implements Work & Named {
      id: ID!
      title: String!
      displayName: String
      series: [Work!]
      rating: Int
      similar: [Work]
      shout: String
      minutes: Int!
      studio: Contributor
      summary: String
    }
    type Shelf implements Named { label: String! displayName: String holds: [Item] }
    union Item = Book | Film | Shelf | Person
    union Contributor = Person | Studio
    type Studio { city: String! staff: [Person] }
    type Person implements Named { id: ID! name: String! displayName: String works: [Made] }
    union Made = Book | Film`,
    resolvers: {
      Query: {
        ...queries,
        best: () => works.byId('b1'),
        rated: () => works.byIds(['f1', 'b2', 'none', 'f1']),
        people: () => people.rows,
        anyone: () => people.byId('p1'),
        contributor: () => people.byId('p2'),
      },
      Named: resolveType,
      Item: resolveType,
      Contributor: resolveType,
      Made: resolveType,
      Work: resolveType,
      Shelf: { ...named, holds },
      Studio: { staff: () => people.rows },
      Person: { ...named, works: ({ works: ids }: Row) => works.byIds(ids as string[]) },
      Book: {
        ...named,
        series: seriesOf,
        rating,
        similar: (row: Row) => similarOf(row)?.map(works.byId) ?? null,
        shout: ({ title }: Row) => `${String(title)}!`,
        author: ({ author }: Row) => people.byId(author),
      },
      Film: {
        ...named,
        series: seriesOf,
        rating,
        similar: (row: Row) => similarOf(row)?.map(works.byId) ?? null,
        shout: ({ title }: Row) => `${String(title)}!`,
        studio: () => ({ __typename: 'Studio', city: 'Huế' }),
        summary: ({ title, minutes }: Row) => isTall(title, minutes),
      },
    },
  },
};

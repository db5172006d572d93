import type { GraphParts, Row } from './Graph.ts';
import { createTable } from './Graph.ts';

/*
 * Keys: of several fields, nested, different ones in each subgraph, so that the way from one to the other
 * leads through a third; entities that a subgraph does not know; entities within values within entities;
 * @provides through lists; @requires along a chain over all subgraphs and of the fields of other entities.
 */

interface Place extends Row {
  id: string;
  zone: { country: string; code: string };
  slug: string;
}

const place = (id: string, code: string, rest: Row): Place => ({
  id,
  zone: { country: 'VN', code },
  slug: `${code}-${id}`,
  ...rest,
});

const places = createTable<Place>([
  place('1', 'HN', {
    name: 'Hà Nội',
    height: 12,
    twin: '2',
    people: 8,
    near: ['2', '3'],
    since: 1010,
  }),
  place('2', 'DN', { name: 'Đà Nẵng', height: 3, twin: null, people: 1, near: [], since: null }),
  place('3', 'SG', {
    name: 'Sài Gòn',
    height: null,
    twin: '1',
    people: null,
    near: ['1', '1'],
    since: 1698,
  }),
]);

/** The census has never heard of place 2. */
const isCounted = ({ id }: Place) => id !== '2';
const bySlug = (slug: unknown) => places.rows.find((row) => row.slug === slug) ?? null;
const byZone = (zone: Row) => places.rows.find((row) => row.zone.code === zone['code']) ?? null;

const twinOf = ({ twin }: Row) => places.byId(twin);
const nearOf = ({ near }: Row) => places.byIds(near as string[]);

const density = (people: unknown, height: unknown) =>
  typeof people === 'number' ? people * 1000 + Number(height ?? 0) : null;
const climate = (value: unknown, since: unknown) => `${String(value)}/${String(since)}`;
const twinName = (name: unknown) => (typeof name === 'string' ? `${name}'s twin` : null);

interface Around {
  point?: { x?: number | null; y?: number | null } | null;
  within?: number | null;
}

const around = (_: unknown, { point, within }: Around) => ({
  x: point?.x ?? null,
  y: point?.y ?? null,
  found: places.first(within),
});

const pointSdl = 'input Point { x: Float = 0.5 y: Float! }';

export const placesGraph: GraphParts = {
  name: 'places',
  subgraphs: {
    map: {
      sdl: `${pointSdl}
      type Query {
        places: [Place]!
        place(id: ID!): Place
        around(point: Point = { y: 2 }, within: Int = 2): Around!
      }
      type Around { x: Float y: Float found: [Place!] }
      type Place @key(fields: "id") @key(fields: "zone { country code }") {
        id: ID!
        zone: Zone!
        name: String
        height: Int @shareable
        twin: Place
        near: [Place!]!
        history: History
      }
      type Zone { country: String! code: String! }
      type History { since: Int of: Place! }`,
      resolvers: {
        Query: {
          places: () => places.rows,
          place: (_: unknown, { id }: { id: string }) => places.byId(id),
          around,
        },
        Place: {
          __resolveReference: (reference: Row) =>
            reference['id'] === undefined
              ? byZone(reference['zone'] as Row)
              : places.byId(reference['id']),
          twin: twinOf,
          near: nearOf,
          history: (row: Place) => ({ since: row['since'], of: row }),
        },
      },
    },
    posts: {
      sdl: `
      type Query { post(slug: String = "HN-1"): Place posts: [Place] }
      type Place @key(fields: "zone { country code }") @key(fields: "slug") {
        zone: Zone!
        slug: String!
        office: Office
        twin: Place @external
        name: String @external
        twinName: String @requires(fields: "twin { name }")
      }
      type Zone { country: String! code: String! }
      type Office { street: String! place: Place! }`,
      resolvers: {
        Query: {
          post: (_: unknown, { slug }: { slug?: string | null }) => bySlug(slug),
          posts: () => places.byIds(['3', '2', '7']),
        },
        Place: {
          __resolveReference: (reference: Row) => {
            const row = reference['slug']
              ? bySlug(reference['slug'])
              : byZone(reference['zone'] as Row);
            return row && { ...row, given: reference };
          },
          office: ({ id }: Row) => ({ street: `${String(id)} Lê Lợi`, id }),
          twinName: ({ given }: { given: { twin?: Row | null } }) => twinName(given.twin?.['name']),
        },
        Office: { place: ({ id }: Row) => places.byId(id) },
      },
    },
    census: {
      sdl: `
      type Query { counted: [Place!] @provides(fields: "height") }
      type Place @key(fields: "slug") {
        slug: String!
        people: Int
        height: Int @external
        history: History @external
        density: Int @requires(fields: "height")
        climate: String @requires(fields: "history { since }")
        largest: Place @provides(fields: "height")
      }
      type History @external { since: Int }`,
      resolvers: {
        Query: { counted: () => places.rows.filter(isCounted) },
        Place: {
          __resolveReference: (reference: Row) => {
            const row = bySlug(reference['slug']);
            return row && isCounted(row) ? { ...row, given: reference } : null;
          },
          // Where its height is provided, a place comes without being told of it.
          density: ({ people, height, given }: Row & { given?: Row }) =>
            density(people, given ? given['height'] : height),
          climate: ({ given, people }: Row & { given: { history?: Row | null } }) =>
            climate(people, given.history?.['since']),
          largest: () => places.byId('1'),
        },
      },
    },
  },
  monolith: {
    sdl: `${pointSdl}
    type Query {
      places: [Place]!
      place(id: ID!): Place
      around(point: Point = { y: 2 }, within: Int = 2): Around!
      post(slug: String = "HN-1"): Place
      posts: [Place]
      counted: [Place!]
    }
    type Around { x: Float y: Float found: [Place!] }
    type Place {
      id: ID!
      zone: Zone!
      name: String
      height: Int
      twin: Place
      near: [Place!]!
      history: History
      slug: String!
      office: Office
      twinName: String
      people: Int
      density: Int
      climate: String
      largest: Place
    }
    type Zone { country: String! code: String! }
    type History { since: Int of: Place! }
    type Office { street: String! place: Place! }`,
    resolvers: {
      Query: {
        places: () => places.rows,
        place: (_: unknown, { id }: { id: string }) => places.byId(id),
        around,
        post: (_: unknown, { slug }: { slug?: string | null }) => bySlug(slug),
        posts: () => places.byIds(['3', '2', '7']),
        counted: () => places.rows.filter(isCounted),
      },
      Place: {
        twin: twinOf,
        near: nearOf,
        history: (row: Place) => ({ since: row['since'], of: row }),
        office: ({ id }: Row) => ({ street: `${String(id)} Lê Lợi`, id }),
        twinName: (row: Row) => twinName(twinOf(row)?.['name']),
        people: (row: Place) => (isCounted(row) ? row['people'] : null),
        density: (row: Place) => (isCounted(row) ? density(row['people'], row['height']) : null),
        climate: (row: Place) => (isCounted(row) ? climate(row['people'], row['since']) : null),
        largest: (row: Place) => (isCounted(row) ? places.byId('1') : null),
      },
      Office: { place: ({ id }: Row) => places.byId(id) },
    },
  },
};

import type { GraphParts, Row } from './Graph.ts';
import { createTable } from './Graph.ts';

/*
 * Nulls where none may be and resolvers that fail, in every kind of place: fields, lists, items, lists of
 * lists, edges into another subgraph and back.
 */

const fail = (what: string) => new Error(`${what} has failed`);

const workers = createTable<Row>([
  {
    id: '1',
    name: 'An',
    boss: null,
    mentor: '2',
    team: 't1',
    wage: 10,
    hours: [1, 2],
    shifts: [[1], [2, 3]],
    notes: ['a', null],
  },
  {
    id: '2',
    name: null,
    boss: '1',
    mentor: '3',
    team: 't2',
    wage: fail('the wage of 2'),
    hours: [1, null],
    shifts: [[1], [null, 3]],
    notes: fail('the notes of 2'),
  },
  {
    id: '3',
    name: 'Chi',
    boss: '2',
    mentor: null,
    team: null,
    wage: null,
    hours: null,
    shifts: [null],
    notes: [fail('one note of 3')],
  },
]);

const teams = createTable<Row>([
  { id: 't1', title: 'Một', lead: '1', members: ['1', '2', '3'], budget: 7, motto: 'tiến' },
  { id: 't2', title: null, lead: '9', members: ['2', '9'], budget: null, motto: fail('a motto') },
]);

const badges = createTable<Row>([
  { id: '1', level: 3, colour: 'RED', previous: [{ level: 1 }, { level: null }] },
  { id: '2', level: null, colour: fail('the colour of 2'), previous: null },
  { id: '3', level: 1, colour: 'GREEN', previous: [] },
]);

const workersOf = ({ members }: Row) => workers.byIds(members as string[]);
const badgeOf = ({ id }: Row) => badges.byId(id);

const edges = {
  boss: ({ boss }: Row) => workers.byId(boss),
  mentor: ({ mentor }: Row) => workers.byId(mentor),
};

const queries = {
  workers: () => workers.rows,
  strict: () => workers.rows,
  worker: (_: unknown, { id }: { id: string }) => workers.byId(id),
  rows: () => [workers.byIds(['1', '2']), workers.byIds(['3'])],
  broken: () => fail('broken'),
};

const teamFields = { members: workersOf, mates: workersOf };
const leadOf = ({ lead }: Row) => workers.byId(lead);

export const staff: GraphParts = {
  name: 'staff',
  subgraphs: {
    workers: {
      sdl: `
      type Query {
        workers: [Worker]
        strict: [Worker!]
        worker(id: ID!): Worker
        rows: [[Worker!]]
        broken: Worker
      }
      type Worker @key(fields: "id") {
        id: ID!
        name: String!
        nickname: String
        boss: Worker!
        mentor: Worker
        wage: Int!
        hours: [Int!]!
        shifts: [[Int!]!]
        notes: [String]
        team: Team
      }
      type Team @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: queries,
        Worker: {
          ...edges,
          __resolveReference: workers.resolveReference,
          nickname: ({ name }: Row) => name,
          team: ({ team }: Row) => (team ? { id: team } : null),
        },
      },
    },
    teams: {
      sdl: `
      type Query { teams: [Team!] team(id: ID = "t1"): Team }
      type Team @key(fields: "id") {
        id: ID!
        title: String!
        budget: Int!
        motto: String
        lead: Worker!
        members: [Worker!]
        mates: [Worker]
      }
      type Worker @key(fields: "id") { id: ID! leads: [Team!]! rank: Rank! }
      type Rank { level: Int! team: Team! }`,
      resolvers: {
        Query: {
          teams: () => teams.rows,
          team: (_: unknown, { id }: { id?: unknown }) => teams.byId(id),
        },
        Team: { ...teamFields, __resolveReference: teams.resolveReference, lead: leadOf },
        Worker: {
          __resolveReference: workers.resolveReference,
          leads: ({ id }: Row) => teams.rows.filter(({ lead }) => lead === id),
          rank: ({ id }: Row) => (id === '3' ? null : { level: Number(id) }),
        },
        Rank: { team: ({ level }: Row) => teams.byId(`t${String(level)}`) },
      },
    },
    badges: {
      sdl: `
      enum Colour { RED GREEN }
      type Worker @key(fields: "id") {
        id: ID!
        badge: Badge
        nickname: String @external
        card: String! @requires(fields: "nickname")
      }
      type Badge { level: Int! colour: Colour! previous: [Badge!] holder: Worker! }`,
      resolvers: {
        Worker: {
          __resolveReference: workers.resolveReference,
          badge: badgeOf,
          card: ({ given }: { given: Row }) => given['nickname'] ?? null,
        },
        Badge: { holder: ({ id }: Row) => workers.byId(id) },
      },
    },
  },
  monolith: {
    sdl: `
    enum Colour { RED GREEN }
    type Query {
      workers: [Worker]
      strict: [Worker!]
      worker(id: ID!): Worker
      rows: [[Worker!]]
      broken: Worker
      teams: [Team!]
      team(id: ID = "t1"): Team
    }
    type Worker {
      id: ID!
      name: String!
      nickname: String
      boss: Worker!
      mentor: Worker
      wage: Int!
      hours: [Int!]!
      shifts: [[Int!]!]
      notes: [String]
      team: Team
      leads: [Team!]!
      rank: Rank!
      badge: Badge
      card: String!
    }
    type Team {
      id: ID!
      title: String!
      budget: Int!
      motto: String
      lead: Worker!
      members: [Worker!]
      mates: [Worker]
    }
    type Rank { level: Int! team: Team! }
    type Badge { level: Int! colour: Colour! previous: [Badge!] holder: Worker! }`,
    resolvers: {
      Query: {
        ...queries,
        teams: () => teams.rows,
        team: (_: unknown, { id }: { id?: unknown }) => teams.byId(id),
      },
      Worker: {
        ...edges,
        nickname: ({ name }: Row) => name,
        team: ({ team }: Row) => teams.byId(team),
        leads: ({ id }: Row) => teams.rows.filter(({ lead }) => lead === id),
        rank: ({ id }: Row) => (id === '3' ? null : { level: Number(id) }),
        badge: badgeOf,
        card: ({ name }: Row) => name,
      },
      Team: { ...teamFields, lead: leadOf },
      Rank: { team: ({ level }: Row) => teams.byId(`t${String(level)}`) },
      Badge: { holder: ({ id }: Row) => workers.byId(id) },
    },
  },
};

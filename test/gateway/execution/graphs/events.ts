import { createTable, type GraphParts, type Row } from './Graph.ts';

/*
 * An interface that one subgraph knows as one object, which requires fields of other entities from a third
 * subgraph, through lists too; unions in nested lists and in mutations' answers; @provides, @override;
 * inputs within inputs; edges without null to entities that are not there.
 */

const halls = createTable<Row>([
  { id: 'h1', name: 'Nhà văn hoá', seats: 30, building: 'Lê Lợi' },
  { id: 'h2', name: null, seats: 0, building: null },
]);

const people = createTable<Row>([
  { __typename: 'Person', id: 'n1', name: 'An', nick: 'a', boss: 'n2', friends: ['n2', 'n9'] },
  { __typename: 'Person', id: 'n2', name: null, nick: null, boss: 'n9', friends: [] },
]);

const events = createTable<Row>([
  {
    __typename: 'Talk',
    id: 'e1',
    title: 'Họp tổ',
    hall: 'h1',
    person: 'n1',
    follows: ['e2', 'e3', 'e2'],
  },
  {
    __typename: 'Meal',
    id: 'e2',
    title: 'Cơm trưa',
    hall: 'h2',
    person: null,
    follows: null,
    dishes: [['phở', 'nem'], []],
  },
  { __typename: 'Talk', id: 'e3', title: 'Tổng kết', hall: null, person: 'n2', follows: ['e1'] },
]);

const tickets = createTable<Row>([
  { id: 't1', event: 'e1', holder: 'n1', price: { amount: 2, in: ['VND'] } },
  { id: 't2', event: 'e1', holder: 'n2', price: 'free' },
  { id: 't3', event: 'e2', holder: 'n9', price: null },
  { id: 't4', event: 'e9', holder: 'n1', price: 0 },
]);

const typeOf = ({ __typename }: Row) => String(__typename);
const resolveType = { __resolveType: typeOf };
const listOf = (ids: unknown) => ids as string[] | null;

const hallOf = ({ hall }: Row) => halls.byId(hall);
const followsOf = ({ follows }: Row) => listOf(follows)?.map(events.byId) ?? null;
const personOf = ({ person }: Row) => people.byId(person);
const eventFields = { hall: hallOf, follows: followsOf };

const ticketsOf = (event: Row, { first }: { first?: number | null }) =>
  tickets.rows.filter((ticket) => ticket['event'] === event['id']).slice(0, first ?? 9);
const ticketsOfHolder = ({ id }: Row) => tickets.rows.filter(({ holder }) => holder === id);
const seatsLeft = ({ id }: Row, hall: Row | null | undefined) =>
  hall ? Number(hall['seats']) - ticketsOf({ id }, {}).length : null;
/** Tells each hall apart: what is left out of the list shows. */
const crowd = (follows: unknown) =>
  (follows as { hall?: Row | null }[] | null)
    ?.map(({ hall }) => (hall ? String(hall['seats']) : 'none'))
    .join('+') ?? null;
const withHalls = (row: Row) => followsOf(row)?.map((each) => ({ hall: each && hallOf(each) }));

const pause = { __typename: 'Break', minutes: 15 };
const robot = { __typename: 'Robot', model: 'R1' };

interface Order {
  event: string;
  holders?: string[];
  price?: unknown;
  seats?: (number | null)[][] | null;
}

const queries = {
  events: (_: unknown, { kinds }: { kinds: string[] }) =>
    events.rows.filter((row) => kinds.includes(typeOf(row).toUpperCase())),
  agenda: () => [[events.byId('e1'), pause], null, [], [events.byId('e2'), events.byId('e3')]],
  next: (_: unknown, { after }: { after?: string | null }) =>
    events.rows.find(({ id }) => String(id) > String(after ?? 'e')) ?? null,
  halls: () => halls.rows,
  tickets: () => tickets.rows,
  ticket: (_: unknown, { id }: { id?: string | null }) => tickets.byId(id),
  people: () => people.rows,
  whoever: (_: unknown, { robots }: { robots: boolean }) => (robots ? robot : people.byId('n1')),
};

const move = (_: unknown, { id, to }: { id: string; to?: string | null }) => {
  const event = events.byId(id);
  if (!event) return new Error(`there is no ${id} to move`);
  if (!to) return { __typename: 'Refused', reason: 'nowhere to go', event };
  return { __typename: 'Moved', event, from: hallOf(event), query: {} };
};

const buy = (_: unknown, { order }: { order: Order }) =>
  order.holders?.map((holder, index) => ({
    id: `${order.event}-${holder}-${JSON.stringify(order.seats?.[index] ?? null)}`,
    event: order.event,
    holder,
    price: order.price ?? null,
  })) ?? null;

const labelOf = ({ id, price }: Row) => (price === 0 ? null : `vé ${String(id)}`);
const isSoldOut = ({ id }: Row) => id !== 'e3';

const inputSdl = `
  scalar Money
  input Order { event: ID!, holders: [ID!]! = ["n1"], price: Money, seats: [[Int]!] = [[1, 2], []] }
`;

const calendar = {
  sdl: `
  enum Kind { TALK MEAL }
  type Query {
    events(kinds: [Kind!]! = [TALK, MEAL]): [Event!]!
    agenda: [[Entry!]]!
    next(after: ID = "e1"): Event
  }
  type Mutation { move(id: ID!, to: ID): Change }
  union Change = Moved | Refused
  type Moved { event: Event! from: Hall query: Query! }
  type Refused { reason: String! event: Event }
  interface Event @key(fields: "id") { id: ID! title: String! hall: Hall follows: [Event!] }
  type Talk implements Event @key(fields: "id") {
    id: ID! title: String! hall: Hall follows: [Event!] speaker: Person!
  }
  type Meal implements Event @key(fields: "id") {
    id: ID! title: String! hall: Hall follows: [Event!] dishes: [[String!]!] host: Person
  }
  type Break { minutes: Int! during: Event }
  union Entry = Talk | Meal | Break
  type Hall @key(fields: "id") { id: ID! }
  type Person @key(fields: "id") { id: ID! nick: String }`,
  resolvers: {
    Query: { events: queries.events, agenda: queries.agenda, next: queries.next },
    Mutation: { move },
    Change: resolveType,
    Entry: resolveType,
    Event: { ...resolveType, __resolveReference: events.resolveReference },
    Talk: { ...eventFields, speaker: personOf, __resolveReference: events.resolveReference },
    Meal: { ...eventFields, host: personOf, __resolveReference: events.resolveReference },
    Break: { during: () => events.byId('e1') },
    Hall: { __resolveReference: halls.resolveReference },
    Person: {
      __resolveReference: people.resolveReference,
      nick: () => new Error('this field has moved'),
    },
  },
};

const hallSubgraph = {
  sdl: `
  type Query { halls: [Hall] }
  type Hall @key(fields: "id") { id: ID! name: String seats: Int! building: Building }
  type Building { street: String! halls: [[Hall!]!] }`,
  resolvers: {
    Query: { halls: queries.halls },
    Hall: {
      __resolveReference: halls.resolveReference,
      building: ({ building }: Row) => building && { street: building },
    },
    Building: { halls: () => [halls.rows, []] },
  },
};

const ticketSubgraph = {
  sdl: `${inputSdl}
  type Query { tickets: [Ticket!] ticket(id: ID = "t1"): Ticket soldOut: [Event] }
  type Mutation { buy(order: Order! = { event: "e1" }): [Ticket!] }
  type Event @interfaceObject @key(fields: "id") {
    id: ID!
    hall: Hall @external
    follows: [Event!] @external
    tickets(first: Int = 2): [Ticket!]!
    seatsLeft: Int @requires(fields: "hall { seats }")
    crowd: String @requires(fields: "follows { hall { seats } }")
  }
  type Hall @key(fields: "id") { id: ID! seats: Int! @external }
  type Ticket @key(fields: "id") {
    id: ID!
    event: Event
    holder: Person! @provides(fields: "name")
    price: Money
    label: String!
  }
  type Person @key(fields: "id") { id: ID! name: String @external tickets: [Ticket!]! }`,
  resolvers: {
    Query: {
      tickets: queries.tickets,
      ticket: queries.ticket,
      soldOut: () => events.rows.filter(isSoldOut).map(({ id }) => ({ id })),
    },
    Mutation: { buy },
    Event: {
      __resolveReference: (reference: Row) => ({ id: reference['id'], given: reference }),
      tickets: ticketsOf,
      seatsLeft: ({ id, given }: Row & { given: Row }) => seatsLeft({ id }, given['hall'] as Row),
      crowd: ({ given }: { given: Row }) => crowd(given['follows']),
    },
    Ticket: {
      __resolveReference: tickets.resolveReference,
      event: ({ event }: Row) => (events.byId(event) ? { id: event } : null),
      holder: ({ holder }: Row) => people.byId(holder),
      label: labelOf,
    },
    Person: { __resolveReference: people.resolveReference, tickets: ticketsOfHolder },
  },
};

const personFields = {
  friends: ({ friends }: Row) => listOf(friends)?.map(people.byId),
  boss: ({ boss }: Row) => people.byId(boss),
  best: ({ boss, id }: Row) => (id === 'n2' ? robot : people.byId(boss)),
};

const peopleSubgraph = {
  sdl: `
  type Query { people: [Person!]! whoever(robots: Boolean! = true): Being }
  union Being = Person | Robot
  type Robot { model: String! owner: Person }
  type Person @key(fields: "id") {
    id: ID!
    name: String @shareable
    nick: String @override(from: "calendar")
    friends: [Person]!
    boss: Person!
    best: Being
  }`,
  resolvers: {
    Query: { people: queries.people, whoever: queries.whoever },
    Being: resolveType,
    Robot: { owner: () => people.byId('n2') },
    Person: { ...personFields, __resolveReference: people.resolveReference },
  },
};

const eventSdl = `
  id: ID! title: String! hall: Hall follows: [Event!]
  tickets(first: Int = 2): [Ticket!]! seatsLeft: Int crowd: String`;
const monolithEvent = {
  ...eventFields,
  tickets: ticketsOf,
  seatsLeft: (row: Row) => seatsLeft(row, hallOf(row)),
  crowd: (row: Row) => crowd(withHalls(row) ?? null),
};

export const eventsGraph: GraphParts = {
  name: 'events',
  subgraphs: {
    calendar,
    halls: hallSubgraph,
    tickets: ticketSubgraph,
    people: peopleSubgraph,
  },
  monolith: {
    sdl: `${inputSdl}
    enum Kind { TALK MEAL }
    type Query {
      events(kinds: [Kind!]! = [TALK, MEAL]): [Event!]!
      agenda: [[Entry!]]!
      next(after: ID = "e1"): Event
      halls: [Hall]
      tickets: [Ticket!]
      ticket(id: ID = "t1"): Ticket
      soldOut: [Event]
      people: [Person!]!
      whoever(robots: Boolean! = true): Being
    }
    type Mutation { move(id: ID!, to: ID): Change buy(order: Order! = { event: "e1" }): [Ticket!] }
    union Change = Moved | Refused
    type Moved { event: Event! from: Hall query: Query! }
    type Refused { reason: String! event: Event }
    interface Event { ${eventSdl} }
    type Talk implements Event { ${eventSdl} speaker: Person! }
    type Meal implements Event { ${eventSdl} dishes: [[String!]!] host: Person }
    type Break { minutes: Int! during: Event }
    union Entry = Talk | Meal | Break
    type Hall { id: ID! name: String seats: Int! building: Building }
    type Building { street: String! halls: [[Hall!]!] }
    type Ticket { id: ID! event: Event holder: Person! price: Money label: String! }
    union Being = Person | Robot
    type Robot { model: String! owner: Person }
    type Person {
      id: ID! name: String nick: String friends: [Person]! boss: Person! best: Being
      tickets: [Ticket!]!
    }`,
    resolvers: {
      Query: { ...queries, soldOut: () => events.rows.filter(isSoldOut) },
      Mutation: { move, buy },
      Change: resolveType,
      Entry: resolveType,
      Event: resolveType,
      Being: resolveType,
      Talk: { ...monolithEvent, speaker: personOf },
      Meal: { ...monolithEvent, host: personOf },
      Break: { during: () => events.byId('e1') },
      Hall: hallSubgraph.resolvers.Hall,
      Building: hallSubgraph.resolvers.Building,
      Ticket: {
        event: ({ event }: Row) => events.byId(event),
        holder: ({ holder }: Row) => people.byId(holder),
        label: labelOf,
      },
      Robot: { owner: () => people.byId('n2') },
      Person: { ...personFields, tickets: ticketsOfHolder },
    },
  },
};

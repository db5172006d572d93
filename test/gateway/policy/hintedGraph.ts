import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { parse } from 'graphql';
import type { Viewer } from '../../../subgraphs/shared/Viewer.ts';
import { startTestGateway, type Answer, type TestSubgraph } from '../kit.ts';
import { link } from './guarded.ts';

/** How a partner's subgraph has its hints composed. */
export const HINTS = `
  extend schema
    @link(url: "https://specs.example.org/cacheControl/v0.1", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;

const SDL = `
  type Query {
    "As old as the type says."
    story(id: ID!): Story
    stories(first: Int = 2): [Story!]! @cacheControl(maxAge: 60)
    "Nothing is said."
    plain: Plain
    headline: String
    weather(day: Int, words: [String!], at: Where): String @cacheControl(maxAge: 40)
    mood: String @cacheControl(maxAge: 40, scope: PRIVATE)
    own: Own @cacheControl(maxAge: 40)
    named: Named @cacheControl(inheritMaxAge: true)
    namedFor: Named @cacheControl(maxAge: 90)
    anything: Anything
    whoami: String @cacheControl(maxAge: 60)
    failing: String @cacheControl(maxAge: 60)
    partly: [Story] @cacheControl(maxAge: 60)
    count: Int @cacheControl(maxAge: 60)
    text(length: Int!, of: String): String @cacheControl(maxAge: 60)
    brief: Int @cacheControl(maxAge: 1)
  }
  type Mutation { countUp(by: Int = 1): Int refused: Int }
  input Where { north: Float east: Float }
  type Story @key(fields: "id") @cacheControl(maxAge: 30) {
    id: ID!
    title: String
    views: Int @cacheControl(maxAge: 5)
    editor: Person
    place: Place @cacheControl(inheritMaxAge: true)
    note: String @cacheControl(scope: PRIVATE)
    draft: String @requiresScopes(scopes: [["drafts"]])
    related: [Story!]
    failing: String
  }
  type Plain { text: String }
  type Own @cacheControl(scope: PRIVATE) { text: String }
  interface Named { name: String motto: Plain }
  type Person implements Named { name: String motto: Plain @cacheControl(maxAge: 20) }
  type Place implements Named @cacheControl(maxAge: 50) { name: String motto: Plain @cacheControl(maxAge: 10) }
  union Anything @cacheControl(maxAge: 80) = Story | Plain
`;

/**
 * News, of which most say how old they may be; each field at the root that is asked of it is listed in `asked`.
 * @param hold What the answer to a field at the root waits for, once it is known.
 */
export function createNews(
  asked: string[] = [],
  hold: (field: string) => Promise<void> | undefined = () => undefined,
): TestSubgraph {
  const typeDefs = link('"@composeDirective", "@requiresScopes"') + HINTS + SDL;
  let count = 0;
  const story = (id: string): object => ({
    __typename: 'Story',
    id,
    title: `Tin ${id} "\\ ế`,
    views: 7,
    draft: `secret ${id}`,
    note: 'for you',
    editor: { name: 'An', motto: { text: 'm' } },
    place: { name: 'Huế', motto: { text: 'm' } },
    related: () => [story(`${id}a`)],
    failing: () => {
      throw new Error('no story fails');
    },
  });
  const fields: Record<string, (given: Record<string, unknown>, viewer: Viewer) => unknown> = {
    story: ({ id }) => story(String(id)),
    stories: ({ first }) => Array.from({ length: Number(first) }, (_, index) => story(`${index}`)),
    plain: () => ({ text: 'plain' }),
    headline: () => 'Tin mới',
    weather: (given) => JSON.stringify(given),
    mood: () => 'good',
    own: () => ({ text: 'own' }),
    named: () => ({ __typename: 'Person', name: 'An' }),
    namedFor: () => ({ __typename: 'Place', name: 'Huế', motto: { text: 'm' } }),
    anything: () => ({ __typename: 'Plain', text: 'p' }),
    whoami: (_, { subject }) => String(subject),
    failing: () => {
      throw new Error('it always fails');
    },
    partly: () => [story('1'), new Error('one is gone')],
    count: () => count,
    text: ({ length }) => 'ế'.repeat(Number(length)),
    brief: () => 1,
  };
  const resolvers = {
    Query: Object.fromEntries(
      Object.entries(fields).map(([name, give]) => [
        name,
        (_: unknown, given: Record<string, unknown>, viewer: Viewer) => {
          asked.push(name);
          const value = give(given, viewer);
          const held = hold(name);
          return held ? held.then(() => value) : value;
        },
      ]),
    ),
    Mutation: {
      countUp: (_: unknown, { by }: { by: number }) => (count += by),
      refused() {
        throw new Error('nobody may');
      },
    },
    Story: { __resolveReference: ({ id }: { id: string }) => story(id) },
  };
  const schema = buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: resolvers as GraphQLResolverMap<unknown>,
  });
  return { name: 'news', typeDefs, schema, createContext: (viewer) => viewer };
}

/** A gateway over the news, in this process. */
export async function startNews(
  env: Record<string, string> = {},
  hold?: Parameters<typeof createNews>[1],
) {
  const asked: string[] = [];
  const news = createNews(asked, hold);
  const gateway = await startTestGateway({ subgraphs: [news], inProcess: [news], env });
  return {
    ...gateway,
    /** What the subgraph was asked since this was called last. */
    asked: () => asked.splice(0),
    ask: (body: object, headers: Record<string, string> = {}) => ask(gateway.url, body, headers),
    get: (search: Record<string, string>, headers: Record<string, string> = {}, method = 'GET') =>
      send(`${gateway.url}?${new URLSearchParams(search).toString()}`, {
        method,
        headers: { 'apollo-require-preflight': '1', ...headers },
      }),
  };
}

/** Posts a request, and gives the answer with what is said of keeping it. */
export const ask = (url: string, body: object, headers: Record<string, string> = {}) =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function send(url: string, request: RequestInit) {
  const response = await fetch(url, request);
  const { status, headers } = response;
  const text = await response.text();
  const header = (name: string) => headers.get(name);
  return {
    status,
    text,
    answer: (text ? JSON.parse(text) : {}) as Answer,
    header,
    control: header('cache-control'),
    age: header('age'),
  };
}

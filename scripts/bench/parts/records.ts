import { parse } from 'graphql';

/** A graph of one list, of any length, whose records are as wide as the rows of most tables. */
export const typeDefs = parse(/* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
  type Query {
    records(first: Int = 20, after: String): RecordConnection!
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
  }
  type RecordConnection {
    nodes: [Record!]!
    pageInfo: PageInfo!
  }
  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }
  type Record {
    id: ID!
    name: String!
    year: Int
    value: Float
    isExact: Boolean!
    tags: [String!]!
    place: Place
  }
  type Place {
    id: ID!
    name: String!
  }
`);

/** What is asked of it. */
export const query = '{ records { nodes { id name year value isExact tags place { id name } } } }';

/** One of its records. */
export const recordAt = (index: number) => ({
  id: `record-${index}`,
  name: `Hòm thư tố giác tội phạm số ${index}`,
  year: 2000 + (index % 25),
  value: index % 7 ? index / 8 : null,
  isExact: index % 3 === 0,
  tags: index % 4 ? [] : ['an ninh', 'Tổ quốc'],
  place: index % 5 ? { id: `place-${index % 34}`, name: `Tỉnh thứ ${index % 34}` } : null,
});

import { expect, test } from 'vitest';
import { createSubgraph, serve, startTestGateway } from './kit.ts';

const units = [
  { __typename: 'Ward', id: '1', name: 'Phường Bến Nghé', households: 12 },
  { __typename: 'Agency', id: '2', name: 'Công an phường', members: [['An', 'Bình'], ['Chi']] },
];

function createUnits() {
  return createSubgraph(
    'units',
    `
    type Query { units: [Unit!]! found: [Found!] }
    interface Unit @key(fields: "id") { id: ID! name: String! }
    type Ward implements Unit @key(fields: "id") { id: ID! name: String! households: Int! }
    type Agency implements Unit @key(fields: "id") { id: ID! name: String! members: [[String!]!]! extra: JSON }
    scalar JSON
    union Found = Ward | Agency
    `,
    {
      Query: { units: () => units, found: () => units },
      Agency: {
        __resolveReference: ({ id }: { id: string }) => units.find((unit) => unit.id === id),
        extra: () => ({ anything: [{ at: 'all' }] }),
      },
      Ward: {
        __resolveReference: ({ id }: { id: string }) => units.find((unit) => unit.id === id),
      },
      Unit: {
        __resolveReference: ({ id }: { id: string }) => units.find((unit) => unit.id === id),
      },
    },
  );
}

function createAwards() {
  return createSubgraph(
    'awards',
    `
    type Query { latest: Award }
    type Award { title: String! to: Unit! }
    type Unit @key(fields: "id") @interfaceObject { id: ID! awards(first: Int = 1): [Award!]! }
    `,
    {
      Query: { latest: () => ({ title: 'Cờ thi đua', id: '2' }) },
      Award: { to: ({ id }: { id: string }) => ({ id }) },
      Unit: {
        awards: ({ id }: { id: string }, { first }: { first: number }) =>
          Array.from({ length: first }, () => ({ title: `Giấy khen ${id}`, id })),
      },
    },
  );
}

function createFigures() {
  return createSubgraph(
    'figures',
    `
    type Query { figures: Int }
    type Ward @key(fields: "id") { id: ID! households: Int! @external people: Int @requires(fields: "households") }
    `,
    { Ward: { people: ({ households }: { households: number }) => households * 4 } },
  );
}

test('interfaces, interface objects, unions, requirements and custom scalars come through both transports', async () => {
  const subgraphs = [createUnits(), createAwards(), createFigures()];
  const served = await Promise.all(
    subgraphs.map(async (subgraph) => ({ ...subgraph, url: await serve(subgraph) })),
  );
  const query = `
    query ($first: Int) {
      units { __typename name awards(first: $first) { title to { __typename name } } ...People ... on Agency { members extra } }
      found { ... on Ward { h: households people } ... on Agency { m: members awards { title } } }
      latest { to { id ... on Agency { name } awards(first: 2) { to { id } } } }
    }
    fragment People on Ward { people }
  `;
  const awardTo = (__typename: string, name: string, id: string) => [
    { title: `Giấy khen ${id}`, to: { __typename, name } },
  ];
  const expected = {
    status: 200,
    data: {
      units: [
        {
          __typename: 'Ward',
          name: 'Phường Bến Nghé',
          awards: awardTo('Ward', 'Phường Bến Nghé', '1'),
          people: 48,
        },
        {
          __typename: 'Agency',
          name: 'Công an phường',
          awards: awardTo('Agency', 'Công an phường', '2'),
          members: [['An', 'Bình'], ['Chi']],
          extra: { anything: [{ at: 'all' }] },
        },
      ],
      found: [
        { h: 12, people: 48 },
        { m: [['An', 'Bình'], ['Chi']], awards: [{ title: 'Giấy khen 2' }] },
      ],
      latest: {
        to: { id: '2', name: 'Công an phường', awards: [{ to: { id: '2' } }, { to: { id: '2' } }] },
      },
    },
  };
  const distributed = await startTestGateway({ subgraphs: served });
  expect(await distributed.execute(query, { first: 1 })).toEqual(expected);
  const embedded = await startTestGateway({ subgraphs, inProcess: subgraphs });
  expect(await embedded.execute(query, { first: 1 })).toEqual(expected);
});

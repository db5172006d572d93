import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../helpers/graph.ts';

let graph: Awaited<ReturnType<typeof startGraph>>;

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(() => graph?.close());

describe('an organization that another subgraph refers to', () => {
  it('has the fields of its concrete type, whichever subgraph adds them', async () => {
    const query = `{
      campaign(id: "prog-761-hnct-bca") {
        participations {
          nodes {
            organization {
              __typename
              name { vi }
              ... on ElderlyAssociation { recognitionsIssued { totalCount } participations { totalCount } }
            }
          }
        }
      }
    }`;
    expect(await graph.execute(query)).toEqual({
      data: {
        campaign: {
          participations: {
            nodes: [
              {
                organization: {
                  __typename: 'ElderlyAssociation',
                  name: { vi: 'Hội Người cao tuổi Việt Nam' },
                  recognitionsIssued: { totalCount: 2 },
                  participations: { totalCount: 10 },
                },
              },
              { organization: { __typename: 'PoliceUnit', name: { vi: 'Bộ Công an' } } },
            ],
          },
        },
      },
    });
  });

  it('has them from its owner too', async () => {
    const query = `{
      recognition(id: "rec-2019-bang-khen-bca") {
        recipients {
          organization {
            __typename
            ... on FrontCommittee {
              recognitionsReceived { totalCount }
              campaigns { totalCount }
              memberOrganizations { id }
            }
          }
        }
      }
    }`;
    expect(await graph.execute(query)).toEqual({
      data: {
        recognition: {
          recipients: [
            {
              organization: {
                __typename: 'FrontCommittee',
                recognitionsReceived: { totalCount: 1 },
                campaigns: { totalCount: 0 },
                memberOrganizations: [],
              },
            },
          ],
        },
      },
    });
  });

  it('has them in a list that its owner gives', async () => {
    const query = `{
      organizations(filter: { kind: [PEOPLES_COMMITTEE], unitIds: ["place-huyen-da-teh"] }) {
        nodes {
          id
          name { vi }
          parent { id recognitionsIssued { totalCount } }
          ... on PeoplesCommittee {
            __typename
            campaigns { totalCount }
            recognitionsIssued { totalCount }
          }
        }
      }
    }`;
    expect(await graph.execute(query)).toEqual({
      data: {
        organizations: {
          nodes: [
            {
              id: 'org-ubnd-huyen-da-teh',
              name: { vi: 'Ủy ban nhân dân huyện Đạ Tẻh' },
              parent: null,
              __typename: 'PeoplesCommittee',
              campaigns: { totalCount: 0 },
              recognitionsIssued: { totalCount: 2 },
            },
          ],
        },
      },
    });
  });
});

it('a unit of which the register has nothing is covered by no unit that we could name', async () => {
  const query = `query ($asOf: PartialDate!) {
    administrativeUnit(id: "place-xa-hong-chau") { successors(asOf: $asOf) { id } }
  }`;
  const successors = async (asOf: string) => (await graph.execute(query, { asOf })).data;
  expect(await successors('2022-02-21')).toEqual({
    administrativeUnit: { successors: [{ id: 'place-xa-hong-chau' }] },
  });
  expect(await successors('2025-07-01')).toEqual({ administrativeUnit: { successors: [] } });
});

it('null for includeDescendants means what leaving it out means', async () => {
  const query = `{
    administrativeUnit(id: "place-tinh-ca-mau") {
      left: organizations { totalCount }
      given: organizations(includeDescendants: null) { totalCount }
    }
  }`;
  expect(await graph.execute(query)).toEqual({
    data: { administrativeUnit: { left: { totalCount: 12 }, given: { totalCount: 12 } } },
  });
});

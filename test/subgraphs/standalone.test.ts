import { randomUUID } from 'node:crypto';
import { Kind, type ObjectTypeDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { seedFacts } from '../../scripts/seed/seedFacts.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { post } from '../helpers/graph.ts';

const databasePrefix = `alone_${randomUUID().slice(0, 8)}_`;
const settings = {
  host: '127.0.0.1',
  port: 0,
  introspection: true,
  bodyLimitKb: 256,
  authentication: readGatewayConfig({}).authentication,
  logLevel: 'silent',
} as const;

/** Of each entity that a subgraph can be asked for: the key of a record that it owns, or only extends. */
const entities: Record<string, { owned: Record<string, object>; foreign: Record<string, object> }> =
  {
    organizations: {
      owned: {
        Organization: { id: 'org-bo-cong-an' },
        PoliceUnit: { id: 'org-bo-cong-an' },
        FrontCommittee: { id: 'org-uy-ban-trung-uong-mttq-viet-nam' },
        ElderlyAssociation: { id: 'org-hoi-nct-viet-nam' },
        PeoplesCommittee: { id: 'org-ubnd-huyen-da-teh' },
        PeoplesCouncil: { id: 'org-hdnd-xa-hung-my' },
        PartyCommittee: { id: 'org-ban-bi-thu' },
        StateBody: { id: 'org-quan-su-huyen-da-teh' },
        SteeringCommittee: { id: 'org-ban-chi-dao-huyen-da-teh' },
        MassOrganization: { id: 'org-hoi-cuu-chien-binh' },
        GrassrootsGroup: { id: 'org-to-covid-19-cong-dong-thai-binh' },
        ResidentCommunity: { id: 'org-nhan-dan-xa-hung-my' },
        OtherOrganization: { id: 'org-quy-khuyen-hoc-ap-thi-tuong-a' },
        AdministrativeUnit: { id: 'place-tinh-thai-binh' },
        PublicOfficial: { id: 'person-to-lam' },
        Source: { id: 'src-bao-thai-binh-2022-02-21' },
        DataNote: { id: 'note-004-giay-khen-huyen' },
      },
      foreign: {},
    },
    campaigns: {
      owned: {
        Campaign: { id: 'prog-09-bca-mttw' },
        Activity: { id: 'evt-da-teh-tong-ket-2021-01-05' },
        OfficialDocument: { id: 'doc-chi-thi-09-ct-tw' },
        SecurityModel: { id: 'mdl-cau-lac-bo-xe-om' },
        Outcome: { id: 'out-tb-sung' },
        OutcomeMetric: { code: 'GUNS_RECOVERED' },
        Source: { id: 'src-bao-thai-binh-2022-02-21' },
      },
      foreign: {
        Organization: { id: 'org-bo-cong-an' },
        AdministrativeUnit: { id: 'place-tinh-thai-binh' },
        PublicOfficial: { id: 'person-to-lam' },
      },
    },
    recognitions: {
      owned: {
        Recognition: { id: 'rec-dt-ky-niem-chuong' },
        Source: { id: 'src-bao-thai-binh-2022-02-21' },
      },
      foreign: {
        Organization: { id: 'org-bo-cong-an' },
        AdministrativeUnit: { id: 'place-tinh-thai-binh' },
        PublicOfficial: { id: 'person-to-lam' },
        Campaign: { id: 'prog-09-bca-mttw' },
        Activity: { id: 'evt-da-teh-tong-ket-2021-01-05' },
      },
    },
  };

const ownQueries: Record<string, { query: string; data: unknown }> = {
  organizations: {
    query: '{ administrativeUnits(filter: { search: "thai binh" }) { nodes { name { vi } } } }',
    data: {
      administrativeUnits: {
        nodes: [{ name: { vi: 'Thành phố Thái Bình' } }, { name: { vi: 'Tỉnh Thái Bình' } }],
      },
    },
  },
  campaigns: {
    query: `{ outcomeAggregates(groupBy: [PROVINCE], filter: { metric: ["FIREWORKS_RECOVERED_KG"] }) {
      unit { id } count sumMin sumMax isApproximate
    } }`,
    data: {
      outcomeAggregates: [
        {
          unit: { id: 'place-tinh-thai-binh' },
          count: 1,
          sumMin: 69.15,
          sumMax: 69.15,
          isApproximate: true,
        },
      ],
    },
  },
  recognitions: {
    query:
      '{ recognitionAggregates(groupBy: [FORM], filter: { form: [CO_THI_DUA] }) { form totals { collectivesMin } issuer { id } } }',
    data: {
      recognitionAggregates: [{ form: 'CO_THI_DUA', totals: { collectivesMin: 5 }, issuer: null }],
    },
  },
};

const servers = new Map<string, RunningServer>();
const ask = (name: string, query: string, variables?: Record<string, unknown>) =>
  post(servers.get(name)?.url ?? '', query, variables);

beforeAll(async () => {
  const uri = inject('mongodbUri');
  for (const subgraph of subgraphs) {
    await subgraph.connect({ uri, databasePrefix });
    servers.set(subgraph.name, await startSubgraph(subgraph, settings));
  }
  await seedFacts(subgraphs, () => {});
});

afterAll(async () => {
  for (const { name, database, disconnect } of subgraphs) {
    await servers.get(name)?.close();
    await database.dropDatabase();
    await disconnect();
  }
});

describe.each(subgraphs)('$name alone', ({ name, typeDefs }) => {
  const { owned = {}, foreign = {} } = entities[name] ?? {};

  it('answers queries of its own', async () => {
    const { query, data } = ownQueries[name] ?? { query: '', data: null };
    expect(await ask(name, query)).toEqual({ data });
  });

  it('can be asked for every entity that it has a key of', () => {
    const keyed = typeDefs.definitions.filter(
      (node): node is ObjectTypeDefinitionNode =>
        (node.kind === Kind.OBJECT_TYPE_DEFINITION ||
          node.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
        (node.directives ?? []).some((directive) => directive.name.value === 'key'),
    );
    expect(new Set([...Object.keys(owned), ...Object.keys(foreign)])).toEqual(
      new Set(keyed.map((node) => node.name.value)),
    );
  });

  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';

  it('resolves a representation of each', async () => {
    const asked = [...Object.entries(owned), ...Object.entries(foreign)];
    const answer = await ask(name, query, {
      representations: asked.map(([__typename, key]) => ({ __typename, ...key })),
    });
    expect(answer).toEqual({
      data: {
        _entities: asked.map(([type]) => ({
          __typename: name === 'organizations' && type === 'Organization' ? 'PoliceUnit' : type,
        })),
      },
    });
  });

  it('answers null for a record that it would own but does not have', async () => {
    const types = Object.entries(owned);
    const answer = await ask(name, query, {
      representations: types.map(([__typename, key]) => ({
        __typename,
        ...Object.fromEntries(Object.keys(key).map((field) => [field, 'no-such-record'])),
      })),
    });
    expect(answer).toEqual({ data: { _entities: types.map(() => null) } });
  });

  it('says what is wrong with a query, and nothing of how it is made', async () => {
    const wrong = await ask(name, '{ nothing }');
    expect(wrong.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(wrong)).not.toMatch(/stack|node_modules|mongo/i);
  });
});

describe('a subgraph whose database fails', () => {
  it('says so, and nothing of where it is', async () => {
    const recognitions = subgraphs.find(({ name }) => name === 'recognitions');
    if (!recognitions) throw new Error('there is no subgraph recognitions');
    await recognitions.disconnect();
    const answer = await ask('recognitions', '{ recognitions { nodes { id } totalCount } }');
    expect(answer).toEqual({
      data: null,
      errors: [
        expect.objectContaining({
          message: 'The database does not answer at the moment: try again in a few seconds.',
          path: ['recognitions'],
          extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true },
        }),
      ],
    });
    await recognitions.connect({ uri: inject('mongodbUri'), databasePrefix });
    expect(await ask('recognitions', '{ recognitions { totalCount } }')).toEqual({
      data: { recognitions: { totalCount: 18 } },
    });
  });
});

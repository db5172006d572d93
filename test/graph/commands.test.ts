import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import type { RunningServer } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { ask } from '../helpers/ask.ts';
import { createChains } from '../helpers/createChains.ts';
import { createRecords } from '../helpers/factories.ts';
import { post, startGraph } from '../helpers/graph.ts';
import { recordCommands, type ReadCommand } from '../helpers/recordCommands.ts';

/** How many commands reach MongoDB, whatever the length of a list. */

const ORGANIZATIONS = 120;

let graph: Awaited<ReturnType<typeof startGraph>>;
const servers = new Map<string, RunningServer>();
let source: string;
let facts: ReturnType<typeof createRecords>['facts'];

beforeAll(async () => {
  // A hundred organizations and all below them, page after page: dearer than one operation may be.
  graph = await startGraph({ env: { COST_LIMIT: '0' } });
  const records = createRecords();
  ({ facts } = records);
  source = createChains(records, ORGANIZATIONS);
  await records.store();
  for (const subgraph of subgraphs) {
    const settings = {
      host: '127.0.0.1',
      port: 0,
      introspection: true,
      bodyLimitKb: 256,
      authentication: readGatewayConfig({}).authentication,
    };
    servers.set(subgraph.name, await startSubgraph(subgraph, { ...settings, logLevel: 'warn' }));
  }
});

afterAll(async () => {
  for (const server of servers.values()) await server.close();
  await graph?.close();
});

/** Asks, and gives the commands that it took; the answer must be without errors. */
async function commandsOf(query: string, variables: Record<string, unknown> = {}) {
  const { commands } = await recordCommands(() => ask(graph, query, variables));
  return commands;
}

const describeEach = (commands: readonly ReadCommand[]) =>
  commands.map(({ subgraph, name, collection }) => `${name} ${subgraph}.${collection}`).sort();

const ofOrganizations = (selection: string) =>
  `query ($n: Int!, $source: ID!) {
    organizations(first: $n, filter: { sourceId: $source }) { nodes { ${selection} } }
  }`;

const CAMPAIGNS = `campaigns { nodes { name { vi } document { number }
  activities { nodes { name { vi } outcomes { nodes { measure { value } metric { name { vi } } } } } }
} }`;
const RECEIVED = `recognitionsReceived { totalCount nodes {
  name { vi } issuers { organization { name { vi } } }
} }`;
const ISSUED = RECEIVED.replace('recognitionsReceived', 'recognitionsIssued');

/** Lists of n records, from plain to deep. */
const lists: Record<string, string> = {
  'organizations, their names': ofOrganizations('name { vi }'),
  'with units and the units above': ofOrganizations(
    'name { vi } unit { name { vi } ancestors { name { vi } } }',
  ),
  'with campaigns': ofOrganizations('name { vi } campaigns { totalCount nodes { name { vi } } }'),
  'with campaigns, their activities, figures and metrics': ofOrganizations(
    `name { vi } ${CAMPAIGNS}`,
  ),
  'with recognitions received and issued, issuers by name': ofOrganizations(
    `name { vi } ${RECEIVED} ${ISSUED}`,
  ),
  'with all of that': ofOrganizations(`name { vi } ${CAMPAIGNS} ${RECEIVED} ${ISSUED}`),
  'six levels down and back':
    ofOrganizations(`campaigns { nodes { activities { nodes { recognitions { nodes {
    issuers { organization { name { vi } unit { name { vi } campaigns { totalCount } } } }
  } } } } recognitionTotals { recognitions } } }`),
  'recognitions with everything around them': `query ($n: Int!, $source: ID!) {
    recognitions(first: $n, filter: { sourceId: $source }) { totalCount nodes {
      campaign { name { vi } } activity { name { vi } } unit { name { vi } }
      issuers { organization { name { vi } } } recipients { organization { name { vi } } }
      provenance { source { title } }
    } }
  }`,
  'figures with everything around them': `query ($n: Int!, $source: ID!) {
    outcomes(first: $n, filter: { sourceId: $source }) { totalCount nodes {
      metric { name { vi } } unit { name { vi } } campaign { name { vi } } activity { name { vi } }
      contributors { name { vi } } provenance { source { title } }
    } }
  }`,
};

const single: Record<string, string> = {
  'one organization': `query ($id: ID!) { organization(id: $id) { name { vi } } }`,
  'one organization with all of that': `query ($id: ID!) { organization(id: $id) {
    name { vi } ${CAMPAIGNS} ${RECEIVED} ${ISSUED}
  } }`,
  'an id that is unknown': `{ organization(id: "org-x") { name { vi } ${RECEIVED} } }`,
  'statistics of recognitions': `{
    recognitionTotals { recognitions }
    recognitionAggregates(groupBy: [ISSUER, CAMPAIGN]) { issuer { name { vi } } campaign { name { vi } } totals { recognitions } }
  }`,
  'statistics of figures': `{ outcomeAggregates(groupBy: [METRIC, CAMPAIGN]) { metric { name { vi } } campaign { name { vi } } count } }`,
  'statistics of participations': `{ participationAggregates(groupBy: [CAMPAIGN, ROLE]) { campaign { name { vi } } role participations } }`,
  'statistics of organizations': `{ organizationCounts(groupBy: [PROVINCE, KIND, LEVEL]) { unit { name { vi } } kind level count } }`,
  'the metrics': `{ outcomeMetrics { code name { vi } } }`,
};

const table: Record<string, Record<string, number | string>> = {};
afterAll(() => console.table(table));

describe('the number of commands is the same for 1, 20 and 100 records', () => {
  it.each(Object.entries(lists))('%s', async (title, query) => {
    const one = await commandsOf(query, { n: 1, source });
    const twenty = await commandsOf(query, { n: 20, source });
    const hundred = await commandsOf(query, { n: 100, source });
    table[title] = { 'n = 1': one.length, 'n = 20': twenty.length, 'n = 100': hundred.length };
    expect(describeEach(twenty)).toEqual(describeEach(one));
    expect(describeEach(hundred)).toEqual(describeEach(one));
    expect(one.filter(({ name }) => name === 'getMore')).toEqual([]);
    expect(one.length).toBeGreaterThan(0);
  });

  it('and every record of the hundred is there', async () => {
    type Node = { campaigns: { nodes: unknown[] }; recognitionsReceived: { totalCount: number } };
    const answer = await ask<{ organizations: { nodes: Node[] } }>(
      graph,
      lists['with all of that'] ?? '',
      { n: 100, source },
    );
    const { nodes } = answer.organizations;
    expect(nodes).toHaveLength(100);
    expect(nodes.every(({ campaigns }) => campaigns.nodes.length === 3)).toBe(true);
    expect(nodes.every((node) => node.recognitionsReceived.totalCount === 3)).toBe(true);
  });
});

describe('each collection is asked at most as often as the question mentions it', () => {
  const most: Record<string, number> = {
    'one organization': 1,
    'one organization with all of that': 9,
    'an id that is unknown': 1,
    'statistics of recognitions': 4,
    'statistics of figures': 3,
    'statistics of participations': 2,
    'statistics of organizations': 2,
    'the metrics': 1,
  };

  it.each(Object.entries(single))('%s', async (title, query) => {
    const commands = await commandsOf(query, { id: facts.organizations[0]?.id });
    table[title] = { 'n = 1': commands.length, 'n = 20': '-', 'n = 100': '-' };
    expect(commands.length, describeEach(commands).join('\n')).toBeLessThanOrEqual(
      most[title] ?? 0,
    );
    expect(commands.filter(({ name }) => name === 'getMore')).toEqual([]);
  });
});

it('a page behind a cursor takes one command more, for its total, for all parents', async () => {
  const query = (argument: string) =>
    ofOrganizations(`campaigns(first: 1 ${argument}) { totalCount pageInfo { endCursor } }`);
  type Answer = { organizations: { nodes: { campaigns: { pageInfo: { endCursor: string } } }[] } };
  const { result, commands } = await recordCommands(() =>
    ask<Answer>(graph, query(''), { n: 100, source }),
  );
  const after = result.organizations.nodes[50]?.campaigns.pageInfo.endCursor ?? '';
  const behind = await commandsOf(query(`, after: "${after}"`), { n: 100, source });
  expect(behind).toHaveLength(commands.length + 1);
});

describe('50 representations of each entity take one command per collection', () => {
  const fifty = <T extends { id: string }>(records: readonly T[]) =>
    records.slice(0, 50).map(({ id }) => id);

  /** Of each type: its keys, what to select so that it is read, and the collection that holds that. */
  const entities = (): Record<
    string,
    [type: string, ids: string[], selection: string, collection: string][]
  > => ({
    organizations: [
      ['Organization', fifty(facts.organizations), 'name { vi }', 'organizations'],
      ['PoliceUnit', fifty(facts.organizations), 'name { vi }', 'organizations'],
      ['AdministrativeUnit', fifty(facts.places), 'name { vi }', 'units'],
    ],
    campaigns: [
      ['Campaign', fifty(facts.campaigns), 'name { vi }', 'campaigns'],
      ['Activity', fifty(facts.events), 'date', 'activities'],
      ['OfficialDocument', fifty(facts.documents), 'number', 'documents'],
      ['Outcome', fifty(facts.outcomes), 'measure { value }', 'outcomes'],
      [
        'Organization',
        fifty(facts.organizations),
        'participations { nodes { role } }',
        'participations',
      ],
      ['AdministrativeUnit', fifty(facts.places), 'models { nodes { kind } }', 'models'],
    ],
    recognitions: [
      ['Recognition', fifty(facts.recognitions), 'awardYear', 'recognitions'],
      ['Source', [source], 'title', 'sources'],
    ],
  });

  it.each(subgraphs.map(({ name }) => name))('%s', async (name) => {
    const asked = entities()[name] ?? [];
    const representations = asked.flatMap(([__typename, ids]) =>
      ids.map((id) => ({ __typename, id })),
    );
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename ${asked.map(([type, , selection], index) => `... on ${type} { x${index}: ${selection} }`).join('\n')}
    } }`;
    const { result, commands } = await recordCommands(() =>
      post(servers.get(name)?.url ?? '', query, { representations }),
    );
    expect(result.errors).toBeUndefined();
    const { _entities } = result.data as { _entities: unknown[] };
    expect(_entities.filter((entity) => entity === null)).toEqual([]);
    expect(_entities).toHaveLength(representations.length);
    const collections = [...new Set(asked.map(([, , , collection]) => collection))].sort();
    expect(commands.map(({ collection }) => collection).sort()).toEqual(collections);
  });

  it.each([
    ['campaigns', 'Organization', 'campaigns { totalCount nodes { id } }', 1],
    ['campaigns', 'AdministrativeUnit', 'activities { totalCount nodes { id } }', 1],
    ['recognitions', 'Organization', 'recognitionsReceived { totalCount nodes { id } }', 1],
    ['recognitions', 'Campaign', 'recognitionTotals { recognitions }', 1],
    [
      'recognitions',
      'Campaign',
      'recognitions { totalCount } recognitionTotals { recognitions }',
      2,
    ],
    ['recognitions', 'Activity', 'recognitionTotals { recognitions }', 1],
  ])('what %s adds to %s: %s', async (name, type, selection, count) => {
    const records: Record<string, { id: string }[]> = {
      Organization: facts.organizations,
      AdministrativeUnit: facts.places,
      Campaign: facts.campaigns,
      Activity: facts.events,
    };
    const representations = fifty(records[type] ?? []).map((id) => ({ __typename: type, id }));
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${type} { ${selection} } }
    }`;
    const { result, commands } = await recordCommands(() =>
      post(servers.get(name)?.url ?? '', query, { representations }),
    );
    expect(result.errors).toBeUndefined();
    expect(commands).toHaveLength(count);
  });

  it('an id that looks like an expression of the database is an unknown id', async () => {
    const ids = ['$', '$$ROOT', '$participantIds', '$nameSort', 'a|b', facts.organizations[0]?.id];
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Organization { campaigns { totalCount } led: campaigns(role: [LEAD]) { totalCount } }
    } }`;
    const { errors, data } = await post(servers.get('campaigns')?.url ?? '', query, {
      representations: ids.map((id) => ({ __typename: 'Organization', id })),
    });
    expect(errors).toBeUndefined();
    const counts = [0, 0, 0, 0, 0, 3].map((totalCount) => ({
      campaigns: { totalCount },
      led: { totalCount },
    }));
    expect(data).toEqual({ _entities: counts });
  });
});

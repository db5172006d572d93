import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subgraphs } from '../../subgraphs/index.ts';
import { ask } from '../helpers/ask.ts';
import { createChains } from '../helpers/createChains.ts';
import { createRecords } from '../helpers/factories.ts';
import { startGraph } from '../helpers/graph.ts';
import { recordCommands } from '../helpers/recordCommands.ts';

/** The questions of dashboards take few commands, and no more for long lists than for short ones. */

const ORGANIZATIONS = 120;
const CHILDREN = 3;

const ofOrganizations = (selection: string) =>
  `query ($n: Int!, $source: ID!) {
    organizations(first: $n, filter: { sourceId: $source }) { nodes { ${selection} } }
  }`;

const queries = {
  nested: ofOrganizations(`
    name { vi }
    campaigns(first: 5) { nodes { name { vi } activities(first: 3) { nodes {
      name { vi } outcomes(first: 3) { nodes { measure { value } metric { name { vi } } } }
    } } } }
    recognitionsReceived(first: 5) { nodes { name { vi } issuers { organization { name { vi } } } } }
  `),
  deep: ofOrganizations(`
    campaigns(first: 5) { nodes { activities(first: 3) { nodes { recognitions(first: 3) { nodes {
      issuers { organization { name { vi } unit { name { vi } } } }
    } } } } } }
  `),
  single: `query ($id: ID!) { organization(id: $id) {
    name { vi } campaigns(first: 5) { nodes { name { vi } kind } }
  } }`,
  statistics: `query ($source: ID!) {
    outcomeAggregates(groupBy: [METRIC], filter: { sourceId: $source }) {
      metric { code name { vi } } count sumMin sumMax
    }
  }`,
};

const lengths = [1, 20, 100];

/** Rows of small collections in memory, and how many commands each question then takes. */
const kinds = [
  { title: 'in memory', directoryRows: 20_000, nested: 5, deep: 4, single: 1, statistics: 1 },
  { title: 'read each time', directoryRows: 0, nested: 7, deep: 6, single: 2, statistics: 2 },
];

describe.each(kinds)('with small collections $title', ({ directoryRows, ...expected }) => {
  let graph: Awaited<ReturnType<typeof startGraph>>;
  let source: string;
  let id: string | undefined;

  beforeAll(async () => {
    graph = await startGraph({ directoryRows });
    const records = createRecords();
    source = createChains(records, ORGANIZATIONS);
    id = records.facts.organizations[0]?.id;
    await records.store();
    const directories = subgraphs.flatMap((subgraph) => subgraph.directories);
    while (directoryRows && !directories.every(({ isOpen }) => isOpen)) await delay(20);
  });

  afterAll(() => graph?.close());

  it.each(Object.entries(queries))('%s', async (title, query) => {
    const answers: string[] = [];
    for (const n of lengths) {
      const variables = { n, source, id };
      const first = await ask(graph, query, variables);
      const { result, commands } = await recordCommands(() => ask(graph, query, variables));
      answers.push(JSON.stringify(result));
      expect(result).toEqual(first);
      const sent = commands.map(({ name, collection }) => `${name} ${collection}`);
      expect(sent, `${n}`).toHaveLength(expected[title as keyof typeof queries]);
      expect(new Set(sent).size).toBe(sent.length);
    }
    expect(answers.at(-1)).not.toContain('null');
  });

  it('and all of the hundred is there', async () => {
    const answer = await ask(graph, queries.nested, { n: 100, source });
    const count = (field: string) => JSON.stringify(answer).split(`"${field}":`).length - 1;
    expect(count('campaigns')).toBe(100);
    expect(count('activities')).toBe(100 * CHILDREN);
    expect(count('metric')).toBe(100 * CHILDREN);
    expect(count('issuers')).toBe(100 * CHILDREN);
  });
});

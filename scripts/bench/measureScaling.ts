import type { Client } from './createClient.ts';
import { activeKinds } from './operations/createOperations.ts';
import { measure, type Contestant } from './measure.ts';
import type { ScalingRow } from './Row.ts';
import { median } from './statistics.ts';

const LENGTHS = [1, 10, 100, 1_000];
const LONGEST_PAGE = 100;

const SELECTION = `id name { vi } unit { name { vi } }
  campaigns(first: 2) { nodes { name { vi } } }
  recognitionsReceived(first: 2) { nodes { name { vi } issuers { organization { name { vi } } } } }`;

const FILTER = `filter: { kind: [${activeKinds.join(', ')}] }`;

/** A list of so many organizations with what belongs to them; beyond a page, several pages at once. */
export async function createScalingQuery(
  ask: (query: string) => Promise<string>,
  length: number,
): Promise<string> {
  const pages: string[] = [];
  let after = '';
  for (let left = length; left > 0; left -= LONGEST_PAGE) {
    const given = `first: ${Math.min(left, LONGEST_PAGE)}, ${FILTER}${after}`;
    pages.push(`p${pages.length}: organizations(${given}) { nodes { ${SELECTION} } }`);
    if (left <= LONGEST_PAGE) break;
    const answer = await ask(`{ page: organizations(${given}) { pageInfo { endCursor } } }`);
    const { data } = JSON.parse(answer) as { data: { page: { pageInfo: { endCursor: string } } } };
    after = `, after: "${data.page.pageInfo.endCursor}"`;
  }
  return `query Scaling${length} {\n${pages.join('\n')}\n}`;
}

/** The requests of all lengths. */
export async function createScalingRequests(client: Client) {
  const ask = (query: string) => client.ask({ query });
  const requests = [];
  for (const items of LENGTHS) {
    requests.push({ items, request: { query: await createScalingQuery(ask, items) } });
  }
  return requests;
}

/** Measures what lists of several lengths cost, by turns. */
export async function measureScaling(
  contestant: Contestant,
  requests: Awaited<ReturnType<typeof createScalingRequests>>,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<ScalingRow[]> {
  const all = new Map<number, number[]>(requests.map(({ items }) => [items, []]));
  for (const { request } of requests) {
    await contestant.client.load([request], { seconds, atLeast: 1 });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { items, request } of requests) {
      const { cpuMsPerRequest } = await measure(contestant, [request], seconds);
      all.get(items)?.push(cpuMsPerRequest);
    }
  }
  return [...all].map(([items, costs]) => ({
    items,
    cpuMsPerRequest: median(costs),
    cpuMsPerItem: median(costs) / items,
  }));
}

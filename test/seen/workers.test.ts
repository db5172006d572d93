import { expect, it } from 'vitest';
import { post } from '../helpers/graph.ts';
import { scrape } from './scrape.ts';
import { startWhole } from './startWhole.ts';

const QUERY = '{ organization(id: "org-hoi-nct-viet-nam") { recognitionsIssued { totalCount } } }';
const QUERIES = 40;

it('a scrape of any port tells of all workers together, down to the commands of the database', async () => {
  const { url, root, subgraphs } = await startWhole({ GATEWAY_WORKERS: '2', COALESCE: 'false' });
  // Not on one connection that is kept: they come to both workers.
  for (let asked = 0; asked < QUERIES; asked++) {
    expect(await post(url, QUERY)).toEqual({
      data: { organization: { recognitionsIssued: { totalCount: 2 } } },
    });
  }
  const [organizations = ''] = subgraphs;
  for (const at of [root, root, new URL(organizations).origin]) {
    const values = await scrape(at);
    expect(values.get('antq_processes')).toBe(2);
    expect(values.get('antq_operations_total{service="gateway",kind="query",outcome="ok"}')).toBe(
      QUERIES,
    );
    expect(values.get('antq_fetch_duration_seconds_count{subgraph="recognitions"}')).toBe(QUERIES);
    const commands = [...values].filter(
      ([series]) =>
        series.startsWith('antq_database_command_duration_seconds_count') &&
        series.includes('subgraph="recognitions"') &&
        series.includes('collection="recognitions"'),
    );
    expect(commands.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(QUERIES);
  }
});

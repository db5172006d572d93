import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { readFacts, type DataSet } from './readFacts.ts';
import { toCampaignsRows } from './toCampaignsRows.ts';
import { toOrganizationsRows } from './toOrganizationsRows.ts';
import { toRecognitionsRows } from './toRecognitionsRows.ts';
import { writeDataSet, type RowsByModel } from './writeDataSet.ts';

const toRows: Record<string, (dataSet: DataSet) => RowsByModel> = {
  organizations: toOrganizationsRows,
  campaigns: toCampaignsRows,
  recognitions: toRecognitionsRows,
};

/**
 * Loads the facts of the articles into the databases of `subgraphs`, which must be connected. What
 * is there already is left alone. Throws a UserError when the data set has faults.
 */
export async function seedFacts(
  subgraphs: readonly Subgraph[],
  log: (line: string) => void,
): Promise<void> {
  const dataSet = await readFacts();
  for (const { name, database } of subgraphs) {
    const rows = toRows[name]?.(dataSet) ?? {};
    const written = await writeDataSet(database, 'facts', rows);
    log(
      written ? `facts: ${written} records written to ${name}` : `facts: ${name} has them already`,
    );
  }
}

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
 * Loads the facts of the articles, or those of another `folder`, into the databases of `subgraphs`,
 * which must be connected. What is there already is left alone. Throws a UserError when the data set
 * has faults; then nothing is written.
 */
export async function seedFacts(
  subgraphs: readonly Subgraph[],
  log: (line: string) => void,
  folder?: URL,
): Promise<void> {
  const dataSet = await readFacts(folder);
  // All rows are made before any is written: making them finds faults as well.
  const rowsOf = new Map(subgraphs.map(({ name }) => [name, toRows[name]?.(dataSet) ?? {}]));
  for (const { name, database } of subgraphs) {
    const rows = rowsOf.get(name) ?? {};
    const written = await writeDataSet(database, 'facts', rows);
    log(
      written ? `facts: ${written} records written to ${name}` : `facts: ${name} has them already`,
    );
  }
}

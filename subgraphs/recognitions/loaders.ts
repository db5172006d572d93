import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { Condition } from '../shared/condition.ts';
import { createFieldMemory } from '../shared/createFieldMemory.ts';
import { lazily } from '../shared/lazily.ts';
import { createPageLoader } from '../shared/createPageLoader.ts';
import { createRowLoader, createRowsLoader } from '../shared/rowLoaders.ts';
import type { RecognitionTotals } from './__generated__/types.ts';
import { aggregateRecognitions, noTotals } from './aggregateRecognitions.ts';
import { createHistoryLoader } from '../shared/writing/history.ts';
import { directories } from './directories.ts';
import { RecognitionModel } from './models/Recognition.ts';
import { AuditEntryModel } from './models/AuditEntry.ts';
import { SourceModel } from './models/Source.ts';

/** Which records of a parent are totalled, and the field that names it. */
interface TotalsQuery {
  field: string;
  conditions: readonly Condition[];
}

/** Makes the loader of totals of parents: the same query of many parents is one command. */
function createTotalsLoader() {
  const loaders = new Map<string, DataLoader<string, RecognitionTotals>>();
  const loaderOf = ({ field, conditions }: TotalsQuery) => {
    const key = JSON.stringify([field, conditions]);
    const loader =
      loaders.get(key) ??
      new DataLoader<string, RecognitionTotals>(async (ids) => {
        const groups = await aggregateRecognitions({
          groupBy: [],
          conditions,
          parents: { field, ids },
        });
        const totals = new Map(groups.map((group) => [group.parent, group.totals]));
        return ids.map((id) => totals.get(id) ?? noTotals);
      });
    loaders.set(key, loader);
    return loader;
  };
  const askedBy = createFieldMemory<DataLoader<string, RecognitionTotals>>();
  return {
    load: (parentId: string, info: GraphQLResolveInfo, ask: () => TotalsQuery) =>
      askedBy(info, () => loaderOf(ask())).load(parentId),
  };
}

/** The batchers of one client request. */
export const createLoaders = lazily({
  recognition: () => createRowLoader(RecognitionModel),
  recognitionPage: () => createPageLoader(RecognitionModel),
  breakdownOf: () => createRowsLoader(RecognitionModel, 'breakdownOfId', { _id: 1 }),
  totalsOf: () => createTotalsLoader(),
  source: () => createRowLoader(SourceModel, directories.source),
  history: () => createHistoryLoader(AuditEntryModel),
});

export type Loaders = ReturnType<typeof createLoaders>;

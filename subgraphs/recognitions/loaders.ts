import DataLoader from 'dataloader';
import type { Condition } from '../shared/condition.ts';
import { createPageLoader } from '../shared/createPageLoader.ts';
import { createRowLoader, createRowsLoader } from '../shared/rowLoaders.ts';
import type { RecognitionTotals } from './__generated__/types.ts';
import { aggregateRecognitions, noTotals } from './aggregateRecognitions.ts';
import { directories } from './directories.ts';
import { RecognitionModel } from './models/Recognition.ts';
import { SourceModel } from './models/Source.ts';

/** Gives, for a parent field and conditions, the loader that batches totals over parents. */
function createTotalsLoader() {
  const loaders = new Map<string, DataLoader<string, RecognitionTotals>>();
  return (field: string, conditions: readonly Condition[]) => {
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
}

/** The batchers of one client request. */
export function createLoaders() {
  return {
    recognition: createRowLoader(RecognitionModel),
    recognitionPage: createPageLoader(RecognitionModel),
    breakdownOf: createRowsLoader(RecognitionModel, 'breakdownOfId', { _id: 1 }),
    totalsOf: createTotalsLoader(),
    source: createRowLoader(SourceModel, directories.source),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;

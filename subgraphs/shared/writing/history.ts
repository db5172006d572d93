import DataLoader from 'dataloader';
import { aggregate } from '../read.ts';
import { reading } from '../reading.ts';
import type { AuditEntryModel, AuditEntryRow, Operation } from './AuditEntry.ts';
import type { StoredCitation } from './RecordKind.ts';

/** A version of a record that no longer stands: the parent value of every `XVersion`. */
export interface VersionRow<TRow> {
  version: number;
  record: TRow;
  operation: Operation;
  endedAt: string;
  reason: string | null | undefined;
  provenance: StoredCitation[];
}

/** So many versions of one record are told. */
const MOST_VERSIONS = 100;

/** Makes the loader of earlier versions for one client request: one command for many records, newest first. */
export function createHistoryLoader(model: AuditEntryModel) {
  return new DataLoader<string, VersionRow<unknown>[]>(async (ids) => {
    const groups = await aggregate<{ _id: string; entries: AuditEntryRow[] }>(
      model,
      [
        { $match: { recordId: { $in: [...ids] } } },
        { $match: { operation: { $ne: 'CREATE' } } },
        {
          $group: {
            _id: '$recordId',
            entries: { $topN: { n: MOST_VERSIONS, sortBy: { version: -1 }, output: '$$ROOT' } },
          },
        },
      ],
      ids.length + 1,
    );
    const byId = new Map(groups.map(({ _id, entries }) => [_id, entries.flatMap(toVersion)]));
    return ids.map((id) => byId.get(id) ?? []);
  });
}

export type HistoryLoader = ReturnType<typeof createHistoryLoader>;

function toVersion(entry: AuditEntryRow): VersionRow<unknown>[] {
  const { before, version, operation, at, reason, provenance } = entry;
  if (!before) return [];
  return [{ version: version - 1, record: before, operation, endedAt: at, reason, provenance }];
}

interface Loads {
  loaders: { history: HistoryLoader };
}

/** The resolver of `history` on records of a type; entries hold rows of that type. */
export const historyField = <TRow>() =>
  reading(
    ['_id'],
    ({ _id }: { _id: string }, _arguments: unknown, { loaders }: Loads) =>
      loaders.history.load(_id) as Promise<VersionRow<TRow>[]>,
  );

/** The resolver of the root field that tells the history of a record by id, withdrawn or not. */
export const historyById =
  <TRow>() =>
  (_parent: unknown, { id }: { id: string }, { loaders }: Loads) =>
    loaders.history.load(id) as Promise<VersionRow<TRow>[]>;

import type { Model } from 'mongoose';
import { unique } from '../unique.ts';
import type { RowChange, StoredRow } from './RecordKind.ts';
import type { Writing } from './Writing.ts';

/** A statement that can be part of another one and contradict others. */
interface Linked extends StoredRow {
  conflictsWithIds: string[];
  wholeIds: string[];
  isPlain: boolean;
}

interface LinkedTo<TRow> {
  model: Model<TRow>;
  /** The field that names the whole. */
  partOf: string & keyof TRow;
}

/** Whether a statement has parts. */
export async function hasParts<TRow, TTargets extends object>(
  { model, partOf }: LinkedTo<TRow>,
  id: string,
  writing: Writing<TTargets>,
): Promise<boolean> {
  const [part] = await writing.rows(model, { [partOf]: id });
  return part !== undefined;
}

/** The wholes of a statement, from the nearest up; refuses one that would be part of itself. */
export async function wholesOf<TTargets extends object>(
  whole: { _id: string; wholeIds: string[] } | undefined,
  ownId: string,
  path: string,
  writing: Writing<TTargets>,
): Promise<string[]> {
  const wholeIds = whole ? [whole._id, ...whole.wholeIds] : [];
  if (wholeIds.includes(ownId)) writing.refuse('INVALID', path, 'would make it a part of itself');
  return wholeIds;
}

/** Two statements contradict each other, or neither does. Gives the ids of rivals that changed. */
async function settleRivals<TRow extends Linked, TTargets extends object>(
  model: Model<TRow>,
  { before, after }: RowChange<TRow>,
  writing: Writing<TTargets>,
): Promise<string[]> {
  const own = (after ?? before)?._id ?? '';
  const were = before?.conflictsWithIds ?? [];
  const are = after?.conflictsWithIds ?? [];
  const changed = [
    ...were.filter((id) => !are.includes(id)),
    ...are.filter((id) => !were.includes(id)),
  ];
  for (const rival of await writing.rows(model, { _id: { $in: changed } })) {
    const others = rival.conflictsWithIds.filter((id) => id !== own);
    const conflictsWithIds = are.includes(rival._id) ? [...others, own] : others;
    await writing.patch<Linked>(model as unknown as Model<Linked>, rival._id, { conflictsWithIds });
  }
  return changed;
}

/** Parts know all their wholes: when one of those moves, so do they. Gives the ids of the parts. */
async function settleParts<TRow extends Linked, TTargets extends object>(
  model: Model<TRow>,
  { before, after }: RowChange<TRow>,
  writing: Writing<TTargets>,
): Promise<string[]> {
  const own = (after ?? before)?._id ?? '';
  const parts = before ? await writing.rows(model, { wholeIds: own }) : [];
  for (const { _id, wholeIds } of parts) {
    const below = wholeIds.slice(0, wholeIds.indexOf(own) + 1);
    const moved = [...below, ...(after?.wholeIds ?? [])];
    await writing.patch<Linked>(model as unknown as Model<Linked>, _id, { wholeIds: moved });
  }
  return parts.map(({ _id }) => _id);
}

/**
 * Brings the statements that are linked to one in line with it: its rivals, its parts, and its whole, before
 * and after. Gives their ids.
 * @param also What else follows for a statement from its rivals.
 */
export async function settleLinks<TRow extends Linked, TTargets extends object>(
  { model, partOf }: LinkedTo<TRow>,
  change: RowChange<TRow>,
  writing: Writing<TTargets>,
  also: (isDisputed: boolean) => Partial<TRow> = () => ({}),
): Promise<string[]> {
  const wholes = [change.before, change.after].map((row) => row?.[partOf]);
  const touched = unique([
    ...(await settleRivals(model, change, writing)),
    ...(await settleParts(model, change, writing)),
    ...wholes.filter((id) => typeof id === 'string'),
  ]);
  for (const { _id, wholeIds, conflictsWithIds } of await writing.rows(model, {
    _id: { $in: touched },
  })) {
    const isDisputed = conflictsWithIds.length > 0;
    const isWhole = await hasParts({ model, partOf }, _id, writing);
    await writing.patch(model, _id, {
      ...also(isDisputed),
      isPlain: !wholeIds.length && !isDisputed && !isWhole,
    });
  }
  return touched;
}

import type { ClientSession, Model, mongo } from 'mongoose';
import type { AnyModel } from '../AnyModel.ts';
import { oneBatch } from '../oneBatch.ts';
import type { Problem, ProblemCode } from './Problem.ts';
import type { Found } from './references.ts';
import type { StoredRow } from './RecordKind.ts';
import type { WrittenType } from './rules.ts';

/** How a subgraph finds the records that a write refers to: its own in the transaction, others by asking. */
export type Lookups<TTargets extends object> = {
  [TTarget in keyof TTargets]: (
    ids: readonly string[],
    session: ClientSession,
  ) => Promise<Found<TTargets[TTarget]>>;
};

/** A row that is written together with the record, as a record of its own. */
export interface AlsoWritten {
  type: WrittenType;
  model: AnyModel;
  before: StoredRow | null;
  after: StoredRow | null;
}

/** One write under way, in its transaction: everything that is read for it goes through here. */
export interface Writing<TTargets extends object> {
  readonly session: ClientSession;
  readonly problems: Problem[];
  readonly also: AlsoWritten[];
  /** Refuses a field of the input. */
  refuse(code: ProblemCode, path: string, message: string): void;
  /** Finds records by id, each looked up once. */
  find<TTarget extends keyof TTargets>(
    target: TTarget,
    ids: readonly (string | null | undefined)[],
  ): Promise<Found<TTargets[TTarget]>>;
  /** Reads rows of the subgraph's own, within the transaction. */
  rows<TRow>(model: Model<TRow>, filter: mongo.BSON.Document): Promise<TRow[]>;
  /** Changes a row that follows from the write, within the transaction. */
  patch<TRow>(model: Model<TRow>, id: string, set: Partial<TRow>): Promise<void>;
}

/** Begins one attempt to write. */
export function beginWriting<TTargets extends object>(
  session: ClientSession,
  lookups: Lookups<TTargets>,
): Writing<TTargets> {
  const known = new Map<keyof TTargets, Map<string, unknown>>();
  const problems: Problem[] = [];
  return {
    session,
    problems,
    also: [],
    refuse: (code, path, message) =>
      void problems.push({ code, message, path: ['input', ...path.split('.')] }),
    async find<TTarget extends keyof TTargets>(
      target: TTarget,
      ids: readonly (string | null | undefined)[],
    ) {
      const seen = known.get(target) ?? new Map<string, unknown>();
      known.set(target, seen);
      const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
      const missing = wanted.filter((id) => !seen.has(id));
      if (missing.length) {
        const found = await lookups[target](missing, session);
        for (const id of missing) seen.set(id, found.get(id));
      }
      const pairs = wanted.map((id) => [id, seen.get(id)] as const);
      // What was put in was found for this target.
      return new Map(pairs.filter(([, record]) => record !== undefined)) as Map<
        string,
        TTargets[TTarget]
      >;
    },
    async rows<TRow>({ collection }: Model<TRow>, filter: mongo.BSON.Document) {
      const found = await collection.find(filter, { session, ...oneBatch }).toArray();
      // Sorted here: a sort of the database could keep it from the index that answers the filter.
      return found.sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1)) as unknown as TRow[];
    },
    async patch({ collection }, id, set) {
      const entries = Object.entries(set);
      const unset = entries.filter(([, value]) => value === undefined).map(([key]) => [key, '']);
      await collection.updateOne(
        { _id: id as never },
        {
          $set: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
          ...(unset.length ? { $unset: Object.fromEntries(unset) as Record<string, ''> } : {}),
        },
        { session },
      );
    },
  };
}

import type { ClientSession } from 'mongoose';
import type { AnyModel } from '../AnyModel.ts';
import type { Found } from './references.ts';

/** Makes the look-up of rows in a collection of the subgraph itself, within the transaction. */
export const findOwn =
  <TRow extends { _id: string }>({ collection }: AnyModel) =>
  async (ids: readonly string[], session: ClientSession): Promise<Found<TRow>> => {
    if (!ids.length) return new Map();
    const rows = collection.find({ _id: { $in: [...ids] as never[] } }, { session });
    const found = (await rows.toArray()) as unknown as TRow[];
    return new Map(found.map((row) => [row._id, row]));
  };

import type { ClientSession } from 'mongoose';
import type { AnyModel } from '../AnyModel.ts';
import type { Ask } from './Ask.ts';
import { findOwn } from './findOwn.ts';
import { findSources, type Found, type KnownSource } from './references.ts';

/** Makes the look-up of sources: the copies that a subgraph keeps, and in the subgraph that owns them what it has none of. */
export function findSource(copies: AnyModel, ask: Ask) {
  const findCopies = findOwn<KnownSource>(copies);
  return async (ids: readonly string[], session: ClientSession): Promise<Found<KnownSource>> => {
    const here = await findCopies(ids, session);
    const missing = ids.filter((id) => !here.has(id));
    return new Map([...here, ...(await findSources(ask, missing))]);
  };
}

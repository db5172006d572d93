import type { ClientSession } from 'mongoose';
import type { CommonTargets } from '../../shared/writing/createWriter.ts';
import { findOwn } from '../../shared/writing/findOwn.ts';
import type { Found, KnownOrganization, KnownUnit } from '../../shared/writing/references.ts';
import type { Lookups } from '../../shared/writing/Writing.ts';
import { AdministrativeUnitModel } from '../models/AdministrativeUnit.ts';
import { OrganizationModel, type OrganizationRow } from '../models/Organization.ts';
import { SourceModel } from '../models/Source.ts';

/** What records of this subgraph refer to: all of it stands here. */
export interface Targets extends CommonTargets {
  unit: KnownUnit;
}

const ownOrganizations = findOwn<OrganizationRow>(OrganizationModel);

/** Organizations with their chains, read level by level. */
async function findChains(
  ids: readonly string[],
  session: ClientSession,
): Promise<Found<KnownOrganization>> {
  const rows = new Map<string, OrganizationRow>();
  let next = [...ids];
  while (next.length) {
    const found = await ownOrganizations(next, session);
    for (const [id, row] of found) rows.set(id, row);
    next = [...found.values()].flatMap(({ parentId }) =>
      parentId && !rows.has(parentId) ? [parentId] : [],
    );
  }
  const chainOf = (id: string, below: readonly string[] = []): string[] => {
    const chain = [...below, id];
    const parentId = rows.get(id)?.parentId;
    return parentId && !chain.includes(parentId) ? chainOf(parentId, chain) : chain;
  };
  return new Map(
    ids.flatMap((id) => {
      const row = rows.get(id);
      return row ? [[id, { id, kind: row.kind, chain: chainOf(id) }]] : [];
    }),
  );
}

const ownUnits = findOwn<{ _id: string; level: string; ancestorIds: string[] }>(
  AdministrativeUnitModel,
);

/** Units, each with those above it. */
async function findTrees(
  ids: readonly string[],
  session: ClientSession,
): Promise<Found<KnownUnit>> {
  const units = await ownUnits(ids, session);
  const above = [...units.values()].flatMap(({ ancestorIds }) => ancestorIds);
  const ancestors = await ownUnits(above, session);
  const tree = (unit: { _id: string; level: string; ancestorIds: string[] }): KnownUnit =>
    [...unit.ancestorIds, unit._id].map((id, index, path) => ({
      _id: id,
      level: (ancestors.get(id) ?? unit).level,
      parentId: path[index - 1],
    }));
  return new Map([...units].map(([id, unit]) => [id, tree(unit)]));
}

/** How each of them is found. */
export const lookups: Lookups<Targets> = {
  organization: findChains,
  unit: findTrees,
  source: findOwn(SourceModel),
};

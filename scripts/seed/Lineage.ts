import { UserError } from '../../subgraphs/shared/UserError.ts';

/** What the place of a record is stored as: the unit, with all units above it. */
export interface UnitFields {
  unitId: string | null;
  unitLineage: string[];
}

/** A unit as far as its place in the tree goes. */
export interface TreeUnit {
  _id: string;
  level: string;
  parentId?: string | null | undefined;
}

/** Looks up where a unit stands in the tree of administrative units. */
export interface Lineage {
  /** From the country down to the parent. */
  ancestorsOf(unitId: string): string[];
  unitFields(unitId: string | undefined): UnitFields;
  /** The province that the unit is or lies in; null for the country, a region, or no unit. */
  provinceOf(unitId: string | undefined): string | null;
}

/** Builds the look-up from all units. Throws a UserError when the tree has a loop. */
export function createLineage(units: readonly TreeUnit[]): Lineage {
  const byId = new Map(units.map((unit) => [unit._id, unit]));

  const ancestorsOf = (unitId: string): string[] => {
    const ancestors: string[] = [];
    for (let parent = byId.get(unitId)?.parentId; parent; parent = byId.get(parent)?.parentId) {
      if (ancestors.includes(parent))
        throw new UserError(`${parent} parent: it lies within itself`);
      ancestors.unshift(parent);
    }
    return ancestors;
  };

  return {
    ancestorsOf,
    unitFields: (unitId) =>
      unitId
        ? { unitId, unitLineage: [unitId, ...ancestorsOf(unitId)] }
        : { unitId: null, unitLineage: [] },
    provinceOf: (unitId) =>
      unitId
        ? ([unitId, ...ancestorsOf(unitId)].find((id) => byId.get(id)?.level === 'PROVINCE') ??
          null)
        : null,
  };
}

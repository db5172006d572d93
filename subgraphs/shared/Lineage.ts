import { UserError } from './UserError.ts';

/** What the place of a record is stored as: the unit, with all units above it. */
export interface UnitFields {
  unitId: string | null;
  unitLineage: string[];
}

type UnitId = string | null | undefined;

/** Looks up where units stand, for the fields that records keep of their place. */
export interface Places {
  unitFields(unitId: UnitId): UnitFields;
  /** The province that the unit is or lies in; null for the country, a region, or no unit. */
  provinceOf(unitId: UnitId): string | null;
  /** The level of the unit; null without one. */
  levelOf(unitId: UnitId): string | null;
}

/** Looks up where a unit stands in the tree of administrative units. */
export interface Lineage extends Places {
  /** From the country down to the parent. */
  ancestorsOf(unitId: string): string[];
}

/** A unit as far as its place in the tree goes. */
export interface TreeUnit {
  _id: string;
  level: string;
  parentId?: UnitId;
}

/** Builds the look-up from units and all those above them. Throws a UserError when the tree has a loop. */
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
  const levelOf = (unitId: UnitId) => (unitId ? (byId.get(unitId)?.level ?? null) : null);

  return {
    ancestorsOf,
    levelOf,
    unitFields: (unitId) =>
      unitId
        ? { unitId, unitLineage: [unitId, ...ancestorsOf(unitId)] }
        : { unitId: null, unitLineage: [] },
    provinceOf: (unitId) =>
      unitId
        ? ([unitId, ...ancestorsOf(unitId)].find((id) => levelOf(id) === 'PROVINCE') ?? null)
        : null,
  };
}

import { firstDay, lastDay } from '../shared/partialDate.ts';
import { loadPresent } from '../shared/rowLoaders.ts';
import type { Loaders } from './loaders.ts';
import type { AdministrativeUnitRow } from './models/AdministrativeUnit.ts';

/**
 * The units that cover `unit` on a day: itself while it is valid, else what it became, and what
 * that became. None before it existed, and none where the register names no successor or does not
 * know the unit.
 */
export async function successorsOn(
  unit: AdministrativeUnitRow,
  asOf: string,
  loaders: Loaders,
): Promise<AdministrativeUnitRow[]> {
  if (unit.firstDay && unit.firstDay > lastDay(asOf)) return [];
  if (unit.unknownFrom && unit.unknownFrom <= firstDay(asOf)) return [];
  if (!unit.lastDay || unit.lastDay >= firstDay(asOf)) return [unit];
  const next = await loadPresent(loaders.unit, unit.successorIds);
  const found = await Promise.all(next.map((each) => successorsOn(each, asOf, loaders)));
  return [...new Set(found.flat())];
}

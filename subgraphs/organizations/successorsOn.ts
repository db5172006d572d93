import type { GraphQLResolveInfo } from 'graphql';
import { firstDay, lastDay } from '../shared/partialDate.ts';
import type { Loaders } from './loaders.ts';
import type { AdministrativeUnitRow } from './models/AdministrativeUnit.ts';

/** What is read of each unit on the way. */
export const successorFields = ['firstDay', 'lastDay', 'unknownFrom', 'successorIds'] as const;

/**
 * The units that cover `unit` on a day: itself while it is valid, else what it became, and what
 * that became. None before it existed, and none where the register names no successor or does not
 * know the unit. Each has what `info` selects and `successorFields`.
 */
export async function successorsOn(
  unit: AdministrativeUnitRow,
  asOf: string,
  loaders: Loaders,
  info: GraphQLResolveInfo,
): Promise<AdministrativeUnitRow[]> {
  if (unit.firstDay && unit.firstDay > lastDay(asOf)) return [];
  if (unit.unknownFrom && unit.unknownFrom <= firstDay(asOf)) return [];
  if (!unit.lastDay || unit.lastDay >= firstDay(asOf)) return [unit];
  const next = await loaders.unit.loadPresent(unit.successorIds, info, successorFields);
  const found = await Promise.all(next.map((each) => successorsOn(each, asOf, loaders, info)));
  return [...new Set(found.flat())];
}

import { accessPath } from '../shared/accessPath.ts';
import type { Condition } from '../shared/condition.ts';
import { compareKeys, keyExpression, one } from '../shared/grouping.ts';
import { oneBatch } from '../shared/oneBatch.ts';
import { aggregate } from '../shared/read.ts';
import type { OrganizationGroupBy } from './__generated__/types.ts';
import { OrganizationModel, type OrganizationRow } from './models/Organization.ts';
import { organizationsByName } from './orders.ts';

const expressions = {
  KIND: { as: 'kind', value: one('kind') },
  LEVEL: { as: 'level', value: one('level') },
  PROVINCE: { as: 'provinceId', value: one('provinceId') },
};

/** One group, as the resolvers of OrganizationCount get it; values that were not asked for are missing. */
export interface OrganizationCountRow {
  kind?: OrganizationRow['kind'];
  level?: OrganizationRow['level'];
  provinceId?: string | null;
  count: number;
}

/** Counts the organizations that meet `conditions`, by the values asked for. One command. */
export async function countOrganizations(
  groupBy: readonly OrganizationGroupBy[],
  conditions: readonly Condition[],
): Promise<OrganizationCountRow[]> {
  const { stages, hint } = accessPath(OrganizationModel, conditions, organizationsByName);
  const groups = await aggregate<{ _id: Omit<OrganizationCountRow, 'count'>; count: number }>(
    OrganizationModel,
    [...stages, { $group: { _id: keyExpression(groupBy, expressions), count: { $sum: 1 } } }],
    oneBatch.batchSize,
    hint,
  );
  return groups
    .sort((a, b) => compareKeys(a._id, b._id))
    .map(({ _id, count }) => ({ ..._id, count }));
}

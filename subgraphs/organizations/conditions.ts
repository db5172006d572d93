import { expression, oneOf, type Condition } from '../shared/condition.ts';
import { firstDay, lastDay } from '../shared/partialDate.ts';
import { searchConditions } from '../shared/search.ts';
import { unitField } from '../shared/unitField.ts';
import type {
  AdministrativeUnitFilter,
  InputMaybe,
  OrganizationFilter,
} from './__generated__/types.ts';

/** The conditions of an OrganizationFilter. */
export function organizationConditions(
  filter: InputMaybe<OrganizationFilter> | undefined,
): Condition[] {
  return [
    ...oneOf('parentId', filter?.parentId),
    ...oneOf('memberOfIds', filter?.memberOfId),
    ...oneOf(unitField(filter?.includeDescendants), filter?.unitIds),
    ...oneOf('sourceIds', filter?.sourceId),
    ...searchConditions(filter?.search),
    ...oneOf('subKind', filter?.subKind),
    ...oneOf('kind', filter?.kind),
    ...oneOf('level', filter?.level),
    ...oneOf('instance', filter?.instance),
  ];
}

/** The unit is valid on some day of `asOf`; an end that is not known is open. */
function validOn(asOf: string): Condition[] {
  return expression({
    $and: [
      { $or: [{ firstDay: null }, { firstDay: { $lte: lastDay(asOf) } }] },
      { $or: [{ lastDay: null }, { lastDay: { $gte: firstDay(asOf) } }] },
    ],
  });
}

/** The conditions of an AdministrativeUnitFilter. */
export function unitConditions(
  filter: InputMaybe<AdministrativeUnitFilter> | undefined,
): Condition[] {
  const code = filter?.gsoCode;
  return [
    ...oneOf('codes.code', code),
    ...(code ? expression({ codes: { $elemMatch: { scheme: 'GSO', code } } }) : []),
    ...oneOf('parentId', filter?.parentId),
    ...searchConditions(filter?.search),
    ...oneOf('unitType', filter?.unitType),
    ...oneOf('level', filter?.level),
    ...(filter?.asOf ? validOn(filter.asOf) : []),
  ];
}

import { withName } from '../../shared/derivedFields.ts';
import type { Places } from '../../shared/Lineage.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import { AdministrativeLevel, OrganizationKind } from '../__generated__/types.ts';
import type { OrganizationRow } from '../models/Organization.ts';

/** What is stated of an organization. */
export type OrganizationStated = Pick<
  OrganizationRow,
  | 'inferences'
  | 'notes'
  | 'name'
  | 'otherNames'
  | 'kind'
  | 'subKind'
  | 'level'
  | 'instance'
  | 'unitId'
  | 'parentId'
  | 'memberOfIds'
  | 'groupCount'
  | 'validFrom'
  | 'validTo'
>;

const kinds: string[] = Object.values(OrganizationKind);
const levels: string[] = Object.values(AdministrativeLevel);

/** The row of an organization. */
export const toOrganizationRow = (
  stated: OrganizationStated,
  head: Head,
  { places }: { places: Places },
): OrganizationRow => ({
  ...head,
  ...stated,
  ...withName(stated.name, stated.otherNames),
  ...places.unitFields(stated.unitId),
  provinceId: places.provinceOf(stated.unitId),
  kindRank: kinds.indexOf(stated.kind),
  levelRank: levels.indexOf(stated.level),
});

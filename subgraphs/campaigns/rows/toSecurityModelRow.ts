import { withName } from '../../shared/derivedFields.ts';
import type { Places } from '../../shared/Lineage.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { SecurityModelRow } from '../models/SecurityModel.ts';

/** What is stated of a grassroots model. */
export type SecurityModelStated = Pick<
  SecurityModelRow,
  | 'inferences'
  | 'notes'
  | 'name'
  | 'kind'
  | 'unitId'
  | 'siteIds'
  | 'count'
  | 'isExemplary'
  | 'settings'
  | 'operatorId'
  | 'groupId'
  | 'campaignId'
>;

/** The row of a model. */
export const toSecurityModelRow = (
  stated: SecurityModelStated,
  head: Head,
  { places }: { places: Places },
): SecurityModelRow => ({
  ...head,
  ...stated,
  ...withName(stated.name),
  ...places.unitFields(stated.unitId),
});

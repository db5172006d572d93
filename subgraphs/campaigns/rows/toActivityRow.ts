import { dateFields, withName } from '../../shared/derivedFields.ts';
import type { Places } from '../../shared/Lineage.ts';
import { unique } from '../../shared/unique.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { ActivityRow } from '../models/Activity.ts';
import type { Part } from './toCampaignRow.ts';

/** What is stated of an activity itself; who takes part in it are records of their own. */
export type ActivityStated = Pick<
  ActivityRow,
  | 'inferences'
  | 'notes'
  | 'name'
  | 'form'
  | 'status'
  | 'isEvent'
  | 'isPilotSite'
  | 'date'
  | 'review'
  | 'unitId'
  | 'campaignIds'
  | 'eventId'
  | 'documentIds'
  | 'statedById'
  | 'bridgePoints'
  | 'attendance'
  | 'quantity'
  | 'quantityUnit'
  | 'modelIds'
>;

/** The copies that an activity keeps of its participations. */
export const attendanceFields = (
  parts: readonly Part[],
  { statedById }: Pick<ActivityStated, 'statedById'>,
) => ({
  participantIds: unique(parts.map(({ organizationId }) => organizationId)),
  officialIds: unique([...parts.map(({ officialId }) => officialId), statedById]),
});

/** The row of an activity. */
export const toActivityRow = (
  stated: ActivityStated,
  head: Head,
  { parts, places }: { parts: readonly Part[]; places: Places },
): ActivityRow => ({
  ...head,
  ...stated,
  ...withName(stated.name),
  ...places.unitFields(stated.unitId),
  ...dateFields(stated.date),
  ...attendanceFields(parts, stated),
});

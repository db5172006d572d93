import { dateFields, withName } from '../../shared/derivedFields.ts';
import type { Places } from '../../shared/Lineage.ts';
import { unique } from '../../shared/unique.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { OrganizationKind } from '../__generated__/types.ts';
import type { RecognitionRow } from '../models/Recognition.ts';

/** What is stated of an award. */
export type RecognitionStated = Pick<
  RecognitionRow,
  | 'inferences'
  | 'notes'
  | 'name'
  | 'forms'
  | 'issuers'
  | 'counts'
  | 'recipients'
  | 'campaignId'
  | 'activityId'
  | 'unitId'
  | 'conferredOn'
  | 'awardYear'
  | 'reason'
  | 'presentedByIds'
  | 'breakdownOfId'
  | 'conflictsWithIds'
>;

/** What has to be known of other records to derive the row of an award. */
export interface AroundRecognition {
  kindOf: (organizationId: string) => OrganizationKind | undefined;
  /** Organizations that are members of one of the given ones. */
  membersOf: (groupIds: readonly string[]) => readonly string[];
  /** The movement that a campaign is an edition of. */
  movementOf: (campaignId: string) => string | null | undefined;
  places: Places;
  /** What `breakdownOfId` names, what that is part of, and so on. */
  wholeIds: string[];
  /** Whether another statement is part of this one. */
  isWhole: boolean;
}

/** The row of an award. */
export function toRecognitionRow(
  stated: RecognitionStated,
  head: Head,
  { kindOf, membersOf, movementOf, places, wholeIds, isWhole }: AroundRecognition,
): RecognitionRow {
  const issuerIds = unique(stated.issuers.map(({ organizationId }) => organizationId));
  const recipientIds = unique(stated.recipients.map(({ organizationId }) => organizationId));
  const isDisputed = stated.conflictsWithIds.length > 0;
  return {
    ...head,
    ...stated,
    ...withName(stated.name),
    ...places.unitFields(stated.unitId),
    ...dateFields(stated.conferredOn),
    awardYearSort: stated.awardYear ?? 0,
    isDisputed,
    issuerIds,
    issuerKinds: unique(issuerIds.map(kindOf)),
    issuerLevels: unique(stated.issuers.map(({ level }) => level)),
    recipientIds,
    recipientKinds: unique(recipientIds.map(kindOf)),
    recipientOrMemberIds: unique([...recipientIds, ...membersOf(recipientIds)]),
    campaignOrMovementIds: stated.campaignId
      ? unique([stated.campaignId, movementOf(stated.campaignId)])
      : [],
    wholeIds,
    isPlain: !wholeIds.length && !isWhole && !isDisputed,
  };
}

import { periodFields, type Extent } from '../../shared/derivedFields.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { ParticipationRow } from '../models/Participation.ts';

/** What is stated of one organization or official taking part. */
export type ParticipationStated = Pick<
  ParticipationRow,
  'inferences' | 'role' | 'organizationId' | 'officialId' | 'campaignId' | 'activityId'
>;

/** When what is taken part in takes place: the period of a campaign, the date of an activity. */
export const extentOf = (what: {
  period?: Extent | null | undefined;
  date?: string | null | undefined;
}): Extent | null | undefined => ('period' in what ? what.period : { from: what.date });

/** Ids number the parts of a record, so that the order by id is the order in which it prints them. */
export const participationId = (ownerId: string, number: number) =>
  `part-${ownerId}-${String(number).padStart(3, '0')}`;

/** The row of a participation. */
export const toParticipationRow = (
  stated: ParticipationStated,
  head: Head,
  {
    organizationKind,
    extent,
  }: {
    organizationKind: ParticipationRow['organizationKind'];
    extent: Extent | null | undefined;
  },
): ParticipationRow => ({
  ...head,
  ...stated,
  organizationKind,
  years: periodFields(extent).years,
});

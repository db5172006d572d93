import { periodFields, withName } from '../../shared/derivedFields.ts';
import type { Places } from '../../shared/Lineage.ts';
import { unique } from '../../shared/unique.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { CampaignRow } from '../models/Campaign.ts';
import type { ParticipationRow } from '../models/Participation.ts';

/** What is stated of a campaign itself; who takes part in it are records of their own. */
export type CampaignStated = Pick<
  CampaignRow,
  | 'inferences'
  | 'notes'
  | 'name'
  | 'otherNames'
  | 'kind'
  | 'parentId'
  | 'linkedCampaignIds'
  | 'predecessorId'
  | 'successorId'
  | 'unitId'
  | 'period'
  | 'recurrence'
  | 'reviewedYears'
  | 'motto'
  | 'documentId'
  | 'guidingDocumentIds'
>;

/** A participation as far as what is taken part in keeps copies of it. */
export type Part = Pick<
  ParticipationRow,
  'organizationId' | 'organizationKind' | 'role' | 'officialId'
>;

/** The copies that a campaign keeps of its participations. */
export const participantFields = (parts: readonly Part[]) => ({
  participantIds: unique(parts.map(({ organizationId }) => organizationId)),
  participantKinds: unique(parts.map(({ organizationKind }) => organizationKind)),
  participantRoles: unique(
    parts.map(({ organizationId, role }) => organizationId && `${organizationId}|${role}`),
  ),
});

/** The row of a campaign. */
export function toCampaignRow(
  stated: CampaignStated,
  head: Head,
  {
    parts,
    numberKeysOf,
    places,
  }: {
    parts: readonly Part[];
    /** The keys of a document's numbers. */
    numberKeysOf: (documentId: string) => readonly string[];
    places: Places;
  },
): CampaignRow {
  const documentIds = unique([stated.documentId, ...stated.guidingDocumentIds]);
  const { years, firstDay, lastDay } = periodFields(stated.period);
  return {
    ...head,
    ...stated,
    ...withName(stated.name, stated.otherNames),
    ...places.unitFields(stated.unitId),
    periodSort: (stated.period?.to ? lastDay : firstDay) ?? '',
    years,
    documentIds,
    documentNumberKeys: unique(documentIds.flatMap(numberKeysOf)),
    ...participantFields(parts),
  };
}

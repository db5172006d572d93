import { z } from 'zod';
import type { Extent } from '../../shared/derivedFields.ts';
import { unique } from '../../shared/unique.ts';
import { id, listOf, optional, word } from '../../shared/writing/fields.ts';
import type { Head } from '../../shared/writing/RecordKind.ts';
import type { AlsoWritten, Writing } from '../../shared/writing/Writing.ts';
import { ParticipationRole } from '../__generated__/types.ts';
import { ActivityModel } from '../models/Activity.ts';
import { CampaignModel } from '../models/Campaign.ts';
import { ParticipationModel, type ParticipationRow } from '../models/Participation.ts';
import { attendanceFields } from '../rows/toActivityRow.ts';
import { participantFields } from '../rows/toCampaignRow.ts';
import { participationId, toParticipationRow } from '../rows/toParticipationRow.ts';
import type { Targets } from './targets.ts';

/** Who takes part in a campaign or activity: records of their own, which are created together with it. */

const part = z
  .strictObject({
    role: word(ParticipationRole),
    organizationId: optional(id()),
    officialId: optional(id()),
  })
  .refine(({ organizationId, officialId }) => Boolean(organizationId) !== Boolean(officialId), {
    error: 'give either organizationId or officialId',
  });

export type PartInput = z.output<typeof part>;

export const parts = () => listOf(part);

/** What names a campaign or an activity. */
interface TakenPartIn {
  campaignId?: string | null | undefined;
  activityId?: string | null | undefined;
}

const filterOf = ({ campaignId, activityId }: TakenPartIn) =>
  campaignId ? { campaignId } : { activityId };

const toWrite = (before: ParticipationRow | null, after: ParticipationRow | null): AlsoWritten => ({
  type: 'Participation',
  model: ParticipationModel,
  before,
  after,
});

/**
 * The participations of a campaign or activity that is written: those that it has, and those that are created
 * with it, which are put down to be written too.
 */
export async function participationsOf(
  takenPartIn: TakenPartIn,
  {
    added = [],
    head,
    extent,
  }: { added?: readonly PartInput[] | undefined; head: Head; extent: Extent | null | undefined },
  writing: Writing<Targets>,
): Promise<ParticipationRow[]> {
  if (head.version > 1) return writing.rows(ParticipationModel, filterOf(takenPartIn));
  const ids = added.map(({ organizationId }) => organizationId);
  const organizations = await writing.find('organization', ids);
  const rows = added.map(({ role, organizationId, officialId }, index) =>
    toParticipationRow(
      { inferences: [], role, organizationId, officialId, ...takenPartIn },
      { ...head, _id: participationId(head._id, index + 1) },
      { organizationKind: organizations.get(organizationId ?? '')?.kind, extent },
    ),
  );
  writing.also.push(...rows.map((row) => toWrite(null, row)));
  return rows;
}

/** Puts down the participations of a record that is withdrawn to be withdrawn with it; gives their ids. */
export async function withdrawParticipations(
  takenPartIn: TakenPartIn,
  writing: Writing<Targets>,
): Promise<string[]> {
  const rows = await writing.rows(ParticipationModel, filterOf(takenPartIn));
  writing.also.push(...rows.map((row) => toWrite(row, null)));
  return rows.map(({ _id }) => _id);
}

/** Sets the years of participations to those of what is taken part in; gives the ids of those that changed. */
export async function redateParticipations(
  takenPartIn: TakenPartIn,
  years: number[],
  writing: Writing<Targets>,
): Promise<string[]> {
  const rows = await writing.rows(ParticipationModel, filterOf(takenPartIn));
  const changed = rows.filter((row) => row.years.join() !== years.join());
  for (const { _id } of changed) await writing.patch(ParticipationModel, _id, { years });
  return changed.map(({ _id }) => _id);
}

/** Brings the copies that a campaign or activity keeps of its participations in line; gives its id. */
export async function refreshParticipants(
  { campaignId, activityId }: TakenPartIn,
  writing: Writing<Targets>,
): Promise<string[]> {
  const rows = await writing.rows(ParticipationModel, filterOf({ campaignId, activityId }));
  if (campaignId) await writing.patch(CampaignModel, campaignId, participantFields(rows));
  const [activity] = activityId ? await writing.rows(ActivityModel, { _id: activityId }) : [];
  if (activity) await writing.patch(ActivityModel, activity._id, attendanceFields(rows, activity));
  return unique([campaignId, activityId]);
}

import { z } from 'zod';
import { assertedShape, id, optional, provenance, word } from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { givesOwnership } from '../../shared/writing/rules.ts';
import type { Writing } from '../../shared/writing/Writing.ts';
import { ParticipationRole } from '../__generated__/types.ts';
import { AuditEntryModel } from '../models/AuditEntry.ts';
import { ParticipationModel, type ParticipationRow } from '../models/Participation.ts';
import {
  extentOf,
  participationId,
  toParticipationRow,
  type ParticipationStated,
} from '../rows/toParticipationRow.ts';
import { ownersOfActivities, partiesOf } from './owners.ts';
import { refreshParticipants } from './participants.ts';
import type { Targets } from './targets.ts';

const changeable = {
  role: word(ParticipationRole),
  organizationId: optional(id()),
  officialId: optional(id()),
  ...assertedShape,
};

/** Ids number the parts of a record; one that was withdrawn leaves a gap. */
async function nextId(
  { campaignId, activityId }: ParticipationStated,
  writing: Writing<Targets>,
): Promise<string> {
  const owner = campaignId ?? activityId ?? '';
  const field = campaignId ? 'campaignId' : 'activityId';
  const parts = await writing.rows(ParticipationModel, { [field]: owner });
  for (let number = parts.length + 1; ; number += 1) {
    const _id = participationId(owner, number);
    const [row] = await writing.rows(ParticipationModel, { _id });
    const [entry] = await writing.rows(AuditEntryModel, { recordId: _id });
    if (!row && !entry) return _id;
  }
}

/** One organization or official taking part in one campaign or activity. */
export const participation: RecordKind<Targets, ParticipationRow, ParticipationStated> = {
  type: 'Participation',
  model: ParticipationModel,
  idPrefixes: ['part'],
  makeId: nextId,
  createShape: z.strictObject({
    id: optional(id()),
    campaignId: optional(id()),
    activityId: optional(id()),
    ...changeable,
    provenance: provenance(),
  }),
  changeShape: z.strictObject(changeable).partial(),
  references: {
    organizationId: 'organization',
    officialId: 'official',
    campaignId: 'campaign',
    activityId: 'activity',
  },
  printed: [],
  owners: {
    participant: ({ role, organizationId }) =>
      organizationId && role && !givesOwnership(role) ? [organizationId] : [],
    ownersOfCampaign: ({ campaignId }, _about, writing) => partiesOf([campaignId], writing),
    ownersOfActivity: ({ activityId }, _about, writing) =>
      ownersOfActivities([activityId], writing),
  },
  statedOf: ({ inferences, role, organizationId, officialId, campaignId, activityId }) => ({
    inferences,
    role,
    organizationId,
    officialId,
    campaignId,
    activityId,
  }),
  async toRow(stated, head, writing) {
    const { organizationId, officialId, campaignId, activityId } = stated;
    if (Boolean(organizationId) === Boolean(officialId)) {
      writing.refuse('INVALID', 'organizationId', 'give either organizationId or officialId');
    }
    if (Boolean(campaignId) === Boolean(activityId)) {
      writing.refuse('INVALID', 'campaignId', 'give either campaignId or activityId');
    }
    const organizations = await writing.find('organization', [organizationId]);
    const campaign = (await writing.find('campaign', [campaignId])).get(campaignId ?? '');
    const activity = (await writing.find('activity', [activityId])).get(activityId ?? '');
    return toParticipationRow(stated, head, {
      organizationKind: organizations.get(organizationId ?? '')?.kind,
      extent: campaign ? extentOf({ period: campaign.period }) : extentOf({ date: activity?.date }),
    });
  },
  settle: ({ before, after }, writing) => {
    const { campaignId, activityId } = after ?? before ?? {};
    return refreshParticipants({ campaignId, activityId }, writing);
  },
};

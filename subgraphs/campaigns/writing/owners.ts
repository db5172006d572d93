import { unique } from '../../shared/unique.ts';
import { ORGANIZER_ROLES, PARTY_ROLES } from '../../shared/writing/rules.ts';
import type { Writing } from '../../shared/writing/Writing.ts';
import { ParticipationModel } from '../models/Participation.ts';
import type { Targets } from './targets.ts';

/** The organizations that the words of `rules.ts` lead to, where several kinds of records share a word. */

type Ids = readonly (string | null | undefined)[];

/** The parties of campaigns: who signed or leads them. */
export async function partiesOf(campaignIds: Ids, writing: Writing<Targets>): Promise<string[]> {
  const campaigns = await writing.find('campaign', campaignIds);
  const held = [...campaigns.values()].flatMap(({ participantRoles }) => participantRoles);
  return held.flatMap((each) => {
    const [organizationId = '', role = ''] = each.split('|');
    return PARTY_ROLES.includes(role) ? [organizationId] : [];
  });
}

/** Those who organize activities or carry them out, and the parties of their campaigns. */
export async function ownersOfActivities(
  activityIds: Ids,
  writing: Writing<Targets>,
): Promise<string[]> {
  const activities = await writing.find('activity', activityIds);
  const campaignIds = [...activities.values()].flatMap((activity) => activity.campaignIds);
  return [
    ...(await organizersOf([...activities.keys()], writing)),
    ...(await partiesOf(campaignIds, writing)),
  ];
}

/** Those who organize activities or carry them out. */
export async function organizersOf(
  activityIds: readonly string[],
  writing: Writing<Targets>,
): Promise<string[]> {
  if (!activityIds.length) return [];
  const parts = await writing.rows(ParticipationModel, {
    activityId: { $in: activityIds },
    role: { $in: ORGANIZER_ROLES },
  });
  return unique(parts.map(({ organizationId }) => organizationId));
}

/** Who runs models, and the parties of their campaigns. */
export async function ownersOfModels(modelIds: Ids, writing: Writing<Targets>): Promise<string[]> {
  const models = [...(await writing.find('model', modelIds)).values()];
  const campaignIds = models.map(({ campaignId }) => campaignId);
  return [
    ...unique(models.map(({ operatorId }) => operatorId)),
    ...(await partiesOf(campaignIds, writing)),
  ];
}

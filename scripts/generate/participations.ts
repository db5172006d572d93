import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import type { Body } from './bodies.ts';
import { ID_PREFIX } from './marks.ts';
import type { Asserted } from './sources.ts';

/** One part that an organization takes. */
export interface Part {
  role: ParticipationRow['role'];
  body: Body;
}

/** The parts in a campaign or an activity, as they are stored; ids number them in their order. */
export function toParticipations(
  owner: { campaignId: string } | { activityId: string },
  { years, parts, asserted }: { years: number[]; parts: readonly Part[]; asserted: Asserted },
): ParticipationRow[] {
  const ownerId = 'campaignId' in owner ? owner.campaignId : owner.activityId;
  const prefix = `${ID_PREFIX}part-${ownerId.slice(ID_PREFIX.length)}`;
  return parts.map(({ role, body }, index) => ({
    _id: `${prefix}-${String(index + 1).padStart(3, '0')}`,
    role,
    organizationId: body.id,
    organizationKind: body.kind,
    ...owner,
    years,
    version: asserted.version,
    provenance: asserted.provenance,
    sourceIds: asserted.sourceIds,
    inferences: [],
  }));
}

/** The copies that a campaign keeps of its parts; an activity keeps the first of them. */
export const toParticipantFields = (parts: readonly Part[]) => ({
  participantIds: [...new Set(parts.map(({ body }) => body.id))],
  participantKinds: [...new Set(parts.map(({ body }) => body.kind))],
  participantRoles: [...new Set(parts.map(({ body, role }) => `${body.id}|${role}`))],
});

import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import {
  participationId,
  toParticipationRow,
} from '../../subgraphs/campaigns/rows/toParticipationRow.ts';
import { toAsserted } from './factValues.ts';
import type { Fact, Facts } from './factsSchema.ts';

/** One part that somebody takes in a campaign or an activity. */
interface Part {
  role: ParticipationRow['role'];
  organization?: string | undefined;
  person?: string | undefined;
}

type Owner = Fact<'campaigns'> | Fact<'events'> | Fact<'activities'>;

const withRole = (role: Part['role'], organizations: readonly string[] = []): Part[] =>
  organizations.map((organization) => ({ role, organization }));

function partsOf(owner: Owner): Part[] {
  switch (owner.kind) {
    case 'campaign':
      return [...(owner.parties ?? []), ...withRole('LEAD', owner.leadOrganizations)];
    case 'event':
      return owner.participations;
    case 'activity':
      return [...withRole('ACTOR', owner.actors), ...withRole('RECIPIENT', owner.recipients)];
  }
}

/** Fields of a record whose inferences are about who takes part. */
const ABOUT_PARTS = ['parties', 'leadOrganizations', 'participations', 'actors', 'recipients'];

/**
 * The participations of all campaigns, events and activities. Ids number the parts of a record in
 * the order in which it prints them, so that the order by id is that order.
 */
export function toParticipations(
  { organizations, campaigns, events, activities }: Facts,
  idOf: (owner: Owner) => { campaignId: string } | { activityId: string },
): ParticipationRow[] {
  const kinds = new Map(organizations.map(({ id, orgKind }) => [id, orgKind]));
  return [...campaigns, ...events, ...activities].flatMap((owner) => {
    const when =
      owner.kind === 'campaign'
        ? owner.period
        : { from: owner.kind === 'event' ? owner.date : undefined };
    const { version, provenance, sourceIds, inferences } = toAsserted(owner, ABOUT_PARTS);
    return partsOf(owner).map(({ role, organization, person }, index) =>
      toParticipationRow(
        {
          inferences,
          role,
          organizationId: organization,
          officialId: person,
          ...idOf(owner),
        },
        { _id: participationId(owner.id, index + 1), version, provenance, sourceIds },
        { organizationKind: organization ? kinds.get(organization) : undefined, extent: when },
      ),
    );
  });
}

import { expression, oneOf, type Condition } from '../shared/condition.ts';
import { overlaps } from '../shared/overlaps.ts';
import { searchConditions } from '../shared/search.ts';
import { unitField } from '../shared/unitField.ts';
import type {
  ActivityFilter,
  CampaignFilter,
  DocumentFilter,
  InputMaybe,
  OutcomeFilter,
  ParticipationFilter,
} from './__generated__/types.ts';
import { numberKey } from './numberKey.ts';

const number = (given: string | null | undefined) => (given ? numberKey(given) : null);

/** The conditions of a CampaignFilter. */
export function campaignConditions(filter: InputMaybe<CampaignFilter> | undefined): Condition[] {
  return [
    ...oneOf('participantIds', filter?.organizationId),
    ...oneOf('documentNumberKeys', number(filter?.documentNumber)),
    ...oneOf(unitField(filter?.includeDescendants), filter?.unitIds),
    ...oneOf('sourceIds', filter?.sourceId),
    ...searchConditions(filter?.search),
    ...oneOf('years', filter?.year),
    ...oneOf('participantKinds', filter?.organizationKind),
    ...oneOf('kind', filter?.kind),
  ];
}

/** The conditions of an ActivityFilter. */
export function activityConditions(filter: InputMaybe<ActivityFilter> | undefined): Condition[] {
  return [
    ...oneOf('participantIds', filter?.organizationId),
    ...oneOf('officialIds', filter?.officialId),
    ...oneOf('documentIds', filter?.documentIds),
    ...oneOf('campaignIds', filter?.campaignIds),
    ...oneOf(unitField(filter?.includeDescendants), filter?.unitIds),
    ...oneOf('sourceIds', filter?.sourceId),
    ...searchConditions(filter?.search),
    ...oneOf('form', filter?.form),
    ...oneOf('status', filter?.status),
    ...oneOf('isEvent', filter?.isEvent),
    ...overlaps(filter?.date),
  ];
}

/** The conditions of an OutcomeFilter. */
export function outcomeConditions(filter: InputMaybe<OutcomeFilter> | undefined): Condition[] {
  const qualifiers = filter?.qualifier;
  return [
    ...oneOf('activityIds', filter?.activityIds),
    ...oneOf('campaignId', filter?.campaignIds),
    ...oneOf(unitField(filter?.includeDescendants), filter?.unitIds),
    ...oneOf('sourceIds', filter?.sourceId),
    ...oneOf('metricCode', filter?.metric),
    ...oneOf('years', filter?.year),
    ...(qualifiers ? expression({ 'measure.qualifier': { $in: qualifiers } }) : []),
    ...overlaps(filter?.period),
  ];
}

/** The conditions of a DocumentFilter. */
export function documentConditions(filter: InputMaybe<DocumentFilter> | undefined): Condition[] {
  return [
    ...oneOf('numberKeys', number(filter?.number)),
    ...oneOf('issuerIds', filter?.issuerId),
    ...oneOf('sourceIds', filter?.sourceId),
    ...searchConditions(filter?.search),
    ...oneOf('type', filter?.type),
    ...overlaps(filter?.issued),
  ];
}

/** The conditions of a ParticipationFilter. */
export function participationConditions(
  filter: InputMaybe<ParticipationFilter> | undefined,
): Condition[] {
  return [
    ...oneOf('activityId', filter?.activityIds),
    ...oneOf('campaignId', filter?.campaignIds),
    ...oneOf('organizationId', filter?.organizationId),
    ...oneOf('officialId', filter?.officialId),
    ...oneOf('years', filter?.year),
    ...oneOf('organizationKind', filter?.organizationKind),
    ...oneOf('role', filter?.role),
  ];
}

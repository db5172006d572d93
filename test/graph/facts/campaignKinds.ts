import type { Claim, FactKind } from './claims.ts';
import {
  always,
  hasElement,
  INFERENCES,
  MEASURE,
  measureClaims,
  NAME,
  nameClaims,
  NOTES,
  noteClaims,
  otherNameClaims,
  PROVENANCE,
  recordClaims,
} from './commonClaims.ts';
import { valueAt } from './leaves.ts';
import { factsOf } from './records.ts';

// A second page of what one record says would be more than it says: hasNextPage must be false.
const PARTICIPATIONS = `participations {
  nodes { role organization { id } organizationKind official { id } }
  pageInfo { hasNextPage }
}`;

/** The lists of the campaigns subgraph, with all that is asked of their nodes. */
export const campaignLists: Record<string, string> = {
  officialDocuments: `
    __typename id ${NAME} type isSingle number numberVariants issuers { id } issuerTerm issuedOn
    relations { type document { id } } campaigns { nodes { id } }
    ${PROVENANCE} ${INFERENCES} ${NOTES}`,
  campaigns: `
    __typename id ${NAME} otherNames kind parent { id } linkedCampaigns { id }
    predecessor { id } successor { id } unit { id } period { label from to inferred }
    recurrence reviewedYears motto { vi en } document { id name { vi } } guidingDocuments { id }
    ${PARTICIPATIONS} ${PROVENANCE} ${INFERENCES} ${NOTES}`,
  activities: `
    __typename id ${NAME} form status isEvent date review unit { id } campaigns { id } event { id }
    documents { id } statedBy { id } models { id }
    bridgePoints ${MEASURE} attendance ${MEASURE} quantity ${MEASURE}
    quantityUnit { vi en } isPilotSite
    outcomes { nodes { metric { code } measure { value } unit { id } } }
    ${PARTICIPATIONS} ${PROVENANCE} ${INFERENCES} ${NOTES}`,
  securityModels: `
    __typename id ${NAME} kind unit { id } sites { id } count ${MEASURE} isExemplary settings
    operator { id } group { id } campaign { id }
    ${PROVENANCE} ${INFERENCES} ${NOTES}`,
  outcomes: `
    __typename id ${NAME} metric { code ${NAME} unit { vi en } } measure ${MEASURE} unit { id }
    period { label from to inferred } campaign { id }
    activity { id outcomes { nodes { id } } event { id outcomes { nodes { id } } } }
    model { id } contributors { id } subsetOf { id } listIsOpen conflictsWith { id }
    ${PROVENANCE} ${INFERENCES} ${NOTES}`,
};

const kindOfOrganization = new Map(
  factsOf('organizations').map(({ id, orgKind }) => [id, orgKind]),
);

/** An organization that takes part, at one place of the list of participations. */
const participant = (index: string): Claim[] => [
  { at: `participations.nodes${index}.organization.id` },
  {
    at: `participations.nodes${index}.organizationKind`,
    as: (organization) => kindOfOrganization.get(String(organization)),
  },
];

const participantAs = (role: string, index: string): Claim[] => [
  always(`participations.nodes${index}.role`, role),
  ...participant(index),
];

/** How far a conference reaches is told by a figure that came of it. */
const coverage = (path: string): Claim => ({
  at: 'outcomes.nodes',
  bears: (outcomes, leaf) =>
    Array.isArray(outcomes) &&
    outcomes.some(
      (outcome) =>
        valueAt(outcome, 'metric.code') === 'PROVINCES_COVERED' && valueAt(outcome, path) === leaf,
    ),
});

const documents: FactKind = {
  file: 'documents',
  list: 'officialDocuments',
  elsewhere: ['campaigns'],
  claims: {
    ...recordClaims('OfficialDocument'),
    ...noteClaims,
    ...nameClaims,
    docType: 'type',
    instance: { at: 'isSingle', as: (instance) => instance === 'SINGLE' },
    number: 'number',
    'numberVariants[]': 'numberVariants[]',
    issuer: 'issuers[0].id',
    'issuers[]': 'issuers[].id',
    issuerTerm: 'issuerTerm',
    issuedOn: 'issuedOn',
    campaign: {
      at: 'campaigns.nodes',
      bears: (campaigns, campaign) => hasElement(campaigns, 'id', campaign),
    },
    'relations[].type': 'relations[].type',
    'relations[].target': 'relations[].document.id',
  },
};

const campaigns: FactKind = {
  file: 'campaigns',
  list: 'campaigns',
  elsewhere: ['document.name'],
  claims: {
    ...recordClaims('Campaign'),
    ...noteClaims,
    ...nameClaims,
    ...otherNameClaims,
    campaignKind: 'kind',
    parent: 'parent.id',
    place: 'unit.id',
    'period.label': 'period.label',
    'period.from': 'period.from',
    'period.to': 'period.to',
    'period.inferred': 'period.inferred',
    document: 'document.id',
    'guidingDocuments[]': 'guidingDocuments[].id',
    'parties[].organization': participant('[]'),
    'parties[].role': 'participations.nodes[].role',
    'leadOrganizations[]': participantAs('LEAD', '[parties+]'),
    predecessor: 'predecessor.id',
    successor: 'successor.id',
    'linkedTo[]': 'linkedCampaigns[].id',
    reviewedPeriodYears: 'reviewedYears',
    recurrence: 'recurrence',
    mottoVi: 'motto.vi',
    // The subject is the «về …» of the programme's own document.
    subjectVi: {
      at: 'document.name.vi',
      bears: (name, subject) =>
        typeof name === 'string' && name.toLowerCase().includes(String(subject).toLowerCase()),
    },
  },
};

const events: FactKind = {
  file: 'events',
  list: 'activities',
  elsewhere: ['outcomes'],
  claims: {
    ...recordClaims('Activity'),
    ...nameClaims,
    ...noteClaims,
    ...measureClaims('bridgePoints'),
    ...measureClaims('attendance'),
    isPilotSite: 'isPilotSite',
    // An event that an article reports has taken place.
    kind: [always('__typename', 'Activity'), always('isEvent', true), always('status', 'DONE')],
    form: 'form',
    date: 'date',
    place: 'unit.id',
    'participations[].role': 'participations.nodes[].role',
    'participations[].organization': participant('[]'),
    'participations[].person': 'participations.nodes[].official.id',
    'campaigns[]': 'campaigns[].id',
    'models[]': 'models[].id',
    reviewType: { at: 'review', as: (type) => (type === 'SO_KET' ? 'INTERIM' : 'FINAL') },
    'coverage.provinces': coverage('measure.value'),
    'coverage.region': coverage('unit.id'),
  },
};

const activities: FactKind = {
  file: 'activities',
  list: 'activities',
  elsewhere: ['outcomes'],
  claims: {
    ...recordClaims('Activity'),
    ...nameClaims,
    ...noteClaims,
    ...measureClaims('quantity'),
    'quantity.unitVi': 'quantityUnit.vi',
    'quantity.unitEn': 'quantityUnit.en',
    kind: [always('__typename', 'Activity'), always('isEvent', false)],
    form: 'form',
    status: 'status',
    place: 'unit.id',
    campaign: 'campaigns[0].id',
    event: 'event.id',
    'actors[]': participantAs('ACTOR', '[]'),
    'recipients[]': participantAs('RECIPIENT', '[actors+]'),
    statedBy: 'statedBy.id',
    'documents[]': 'documents[].id',
  },
};

const models: FactKind = {
  file: 'models',
  list: 'securityModels',
  claims: {
    ...recordClaims('SecurityModel'),
    ...noteClaims,
    ...nameClaims,
    ...measureClaims('count'),
    modelKind: 'kind',
    place: 'unit.id',
    'sites[]': 'sites[].id',
    exemplary: 'isExemplary',
    operator: 'operator.id',
    groupOrganization: 'group.id',
    campaign: 'campaign.id',
    'settingsVi[]': 'settings[]',
  },
};

const outcomes: FactKind = {
  file: 'outcomes',
  list: 'outcomes',
  elsewhere: ['activity.outcomes', 'activity.event'],
  claims: {
    ...recordClaims('Outcome'),
    ...noteClaims,
    nameVi: ['name.vi', 'metric.name.vi'],
    nameEn: ['name.en', 'metric.name.en'],
    metric: 'metric.code',
    value: 'measure.value',
    qualifier: 'measure.qualifier',
    asPrinted: 'measure.asPrinted',
    unitVi: 'metric.unit.vi',
    unitEn: 'metric.unit.en',
    place: 'unit.id',
    'period.label': 'period.label',
    'period.from': 'period.from',
    'period.to': 'period.to',
    'period.inferred': 'period.inferred',
    campaign: 'campaign.id',
    activity: 'activity.id',
    // A figure is found under its event, be that its own activity or the event of its activity.
    event: [
      { at: 'activity.id', as: (event, { activity }) => activity ?? event },
      {
        at: 'activity',
        bears: (activity, event, { id }) =>
          [activity, valueAt(activity, 'event')].some(
            (found) =>
              valueAt(found, 'id') === event &&
              hasElement(valueAt(found, 'outcomes.nodes'), 'id', id),
          ),
      },
    ],
    model: 'model.id',
    'actors[]': 'contributors[].id',
    subsetOf: 'subsetOf.id',
    nonExhaustiveList: 'listIsOpen',
  },
};

export const campaignKinds = [documents, campaigns, events, activities, models, outcomes];

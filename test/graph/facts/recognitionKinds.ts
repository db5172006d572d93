import type { FactKind } from './claims.ts';
import {
  always,
  INFERENCES,
  NAME,
  nameClaims,
  NOTES,
  noteClaims,
  PROVENANCE,
  recordClaims,
} from './commonClaims.ts';

/** The lists of the recognitions subgraph, with all that is asked of their nodes. */
export const recognitionLists: Record<string, string> = {
  recognitions: `
    __typename id ${NAME} forms issuers { organization { id } office level asPrinted }
    counts { status collectives individuals }
    recipients { organization { id } official { id } unit { id } scope { vi en } }
    campaign { id } activity { id } unit { id } conferredOn awardYear reason { vi en }
    presentedBy { id } breakdownOf { id } conflictsWith { id } isDisputed
    ${PROVENANCE} ${INFERENCES} ${NOTES}`,
};

const offices: Record<string, string> = {
  'Bộ trưởng': 'MINISTER',
  'Chủ tịch': 'CHAIR',
  'Giám đốc': 'DIRECTOR',
};

const recognitions: FactKind = {
  file: 'recognitions',
  list: 'recognitions',
  claims: {
    ...recordClaims('Recognition'),
    ...nameClaims,
    ...noteClaims,
    'forms[]': 'forms[]',
    // The leaf of a title that nobody is said to have conferred: an empty list.
    issuers: 'issuers',
    'issuers[].organization': 'issuers[].organization.id',
    'issuers[].office': { at: 'issuers[].office', as: (office) => offices[String(office)] },
    'issuers[].asPrinted': 'issuers[].asPrinted',
    'issuers[].level': 'issuers[].level',
    'counts.status': 'counts.status',
    'counts.collectives': 'counts.collectives',
    'counts.individuals': 'counts.individuals',
    'recipients[].organization': 'recipients[].organization.id',
    'recipients[].person': 'recipients[].official.id',
    'recipients[].place': 'recipients[].unit.id',
    'recipients[].scopeVi': 'recipients[].scope.vi',
    'recipients[].scopeEn': 'recipients[].scope.en',
    campaign: 'campaign.id',
    event: 'activity.id',
    conferredOn: 'conferredOn',
    awardYear: 'awardYear',
    place: 'unit.id',
    'presentedBy[]': 'presentedBy[].id',
    reasonVi: 'reason.vi',
    breakdownOf: 'breakdownOf.id',
    'conflictsWith[]': ['conflictsWith[].id', always('isDisputed', true)],
  },
};

export const recognitionKinds = [recognitions];

import type { Claim, FactKind } from './claims.ts';
import {
  hasElement,
  INFERENCES,
  inferenceClaims,
  MEASURE,
  measureClaims,
  NAME,
  nameClaims,
  NOTES,
  noteClaims,
  otherNameClaims,
  PROVENANCE,
  provenanceClaims,
  recordClaims,
  upperCase,
} from './commonClaims.ts';

/** The lists of the organizations subgraph, with all that is asked of their nodes. */
export const organizationLists: Record<string, string> = {
  organizations: `
    __typename id ${NAME} otherNames kind subKind level instance
    unit { id } parent { id } memberOf { id }
    ... on GrassrootsGroup { groupCount ${MEASURE} }
    ${PROVENANCE} ${INFERENCES} ${NOTES}`,
  administrativeUnits: `
    __typename id ${NAME} otherNames level unitType designation parent { id }
    ${PROVENANCE} ${INFERENCES} ${NOTES}`,
  publicOfficials: `
    __typename id name rank { vi en }
    terms { title { vi en } organization { id } seenOn validFrom validTo ${PROVENANCE} }
    ${PROVENANCE} ${NOTES}`,
  sources: `
    __typename id title publisher url publishedAt publishedPrecision publishedTime language byline
    remarks { vi en } unit { id } ${INFERENCES}`,
  dataNotes: `__typename id type resolution description recordIds ${PROVENANCE}`,
};

const typeOfKind: Record<string, string> = {
  POLICE: 'PoliceUnit',
  FRONT: 'FrontCommittee',
  ELDERLY_ASSOCIATION: 'ElderlyAssociation',
  PEOPLES_COMMITTEE: 'PeoplesCommittee',
  PEOPLES_COUNCIL: 'PeoplesCouncil',
  PARTY: 'PartyCommittee',
  STATE_BODY: 'StateBody',
  STEERING_COMMITTEE: 'SteeringCommittee',
  MASS_ORGANIZATION: 'MassOrganization',
  GRASSROOTS_GROUP: 'GrassrootsGroup',
  RESIDENT_COMMUNITY: 'ResidentCommunity',
  OTHER: 'OtherOrganization',
};

/** The graph says that a field is not printed by an inference on it. */
const statedUnlessInferred = (field: string): Claim => ({
  at: 'inferences',
  bears: (inferences, stated) => stated === !hasElement(inferences, 'field', field),
});

const organizations: FactKind = {
  file: 'organizations',
  list: 'organizations',
  claims: {
    ...recordClaims('Organization'),
    ...noteClaims,
    ...nameClaims,
    ...otherNameClaims,
    ...measureClaims('groupCount'),
    kind: { at: '__typename', as: (_, { orgKind }) => typeOfKind[String(orgKind)] },
    orgKind: 'kind',
    subKind: 'subKind',
    level: 'level',
    place: 'unit.id',
    instance: 'instance',
    parent: 'parent.id',
    'memberOf[]': 'memberOf[].id',
  },
};

const places: FactKind = {
  file: 'places',
  list: 'administrativeUnits',
  claims: {
    ...recordClaims('AdministrativeUnit'),
    ...noteClaims,
    ...nameClaims,
    ...otherNameClaims,
    level: 'level',
    unitType: 'unitType',
    parent: 'parent.id',
    designation: 'designation',
  },
};

const people: FactKind = {
  file: 'people',
  list: 'publicOfficials',
  claims: {
    ...recordClaims('PublicOfficial'),
    ...noteClaims,
    ...provenanceClaims('roles[].', 'terms[].'),
    nameVi: 'name',
    rankVi: 'rank.vi',
    rankEn: 'rank.en',
    'roles[].titleVi': 'terms[].title.vi',
    'roles[].titleEn': 'terms[].title.en',
    'roles[].organization': 'terms[].organization.id',
    'roles[].asOf': 'terms[].seenOn',
    'roles[].validFrom': 'terms[].validFrom',
    'roles[].validTo': 'terms[].validTo',
  },
};

const sources: FactKind = {
  file: 'sources',
  list: 'sources',
  claims: {
    ...recordClaims('Source'),
    ...inferenceClaims,
    titleVi: 'title',
    titleStated: statedUnlessInferred('titleVi'),
    publisherVi: 'publisher',
    publisherStated: statedUnlessInferred('publisherVi'),
    url: 'url',
    urlStated: statedUnlessInferred('url'),
    publishedAt: 'publishedAt',
    publishedPrecision: 'publishedPrecision',
    publishedTime: 'publishedTime',
    language: upperCase('language'),
    'byline[]': 'byline[]',
    scopePlace: 'unit.id',
    'notes[].vi': 'remarks[].vi',
    'notes[].en': 'remarks[].en',
  },
};

const discrepancies: FactKind = {
  file: 'discrepancies',
  list: 'dataNotes',
  claims: {
    ...recordClaims('DataNote'),
    type: 'type',
    resolution: 'resolution',
    descriptionEn: 'description',
    'records[]': 'recordIds[]',
  },
};

export const organizationKinds = [organizations, places, people, sources, discrepancies];

import { readPageArguments } from '../../shared/pageArguments.ts';
import { loadPresent } from '../../shared/rowLoaders.ts';
import type { Reference } from '../../shared/types.ts';
import type {
  FrontCommitteeResolvers,
  OrganizationCountResolvers,
  OrganizationResolvers,
  PoliceUnitResolvers,
} from '../__generated__/types.ts';
import type { Context } from '../context.ts';
import { officeholdersOn } from '../officeholdersOn.ts';
import { organizationsByName } from '../orders.ts';

const typenames = {
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
} as const;

const __resolveReference = ({ id }: Reference, { loaders }: Context) =>
  loaders.organization.load(id);

/** The interface itself: the gateway asks it for the concrete type of a foreign reference. */
export const Organization: OrganizationResolvers = {
  __resolveType: ({ kind }) => typenames[kind],
  __resolveReference,
};

/** The fields that every concrete type has. */
export const OrganizationFields = {
  __resolveReference,
  id: ({ _id }) => _id,
  unit: ({ unitId }, _arguments, { loaders }) => (unitId ? loaders.unit.load(unitId) : null),
  parent: ({ parentId }, _arguments, { loaders }) =>
    parentId ? loaders.organization.load(parentId) : null,
  children: ({ _id }, page, { loaders }) =>
    loaders
      .organizationPage({
        parentField: 'parentId',
        conditions: [],
        order: organizationsByName,
        page: readPageArguments(page, organizationsByName),
      })
      .load(_id),
  memberOf: ({ memberOfIds }, _arguments, { loaders }) =>
    loadPresent(loaders.organization, memberOfIds),
  members: ({ _id }, page, { loaders }) =>
    loaders
      .organizationPage({
        parentField: 'memberOfIds',
        conditions: [],
        order: organizationsByName,
        page: readPageArguments(page, organizationsByName),
      })
      .load(_id),
  officeholders: async ({ _id }, { asOf }, { loaders }) =>
    officeholdersOn(await loaders.officialsOf.load(_id), _id, asOf),
} satisfies PoliceUnitResolvers;

export const FrontCommittee: FrontCommitteeResolvers = {
  ...OrganizationFields,
  memberOrganizations: ({ _id }, _arguments, { loaders }) => loaders.membersOf.load(_id),
};

export const OrganizationCount: OrganizationCountResolvers = {
  unit: ({ provinceId }, _arguments, { loaders }) =>
    provinceId ? loaders.unit.load(provinceId) : null,
};

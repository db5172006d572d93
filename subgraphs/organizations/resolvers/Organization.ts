import type { GraphQLResolveInfo } from 'graphql';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { reading } from '../../shared/reading.ts';
import { historyField } from '../../shared/writing/history.ts';
import type { Complete, Declared, Reference } from '../../shared/types.ts';
import type {
  FrontCommitteeResolvers,
  OrganizationCountResolvers,
  OrganizationResolvers,
  PoliceUnitResolvers,
} from '../__generated__/types.ts';
import type { Context } from '../context.ts';
import type { OrganizationRow } from '../models/Organization.ts';
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

/** The interface itself: the gateway asks it for the concrete type of a foreign reference. */
export const Organization: Pick<
  Declared<OrganizationResolvers>,
  '__resolveType' | '__resolveReference'
> = {
  __resolveType: reading(['kind'], ({ kind }) => typenames[kind]),
  __resolveReference: ({ id }, { loaders }, info) => loaders.organization.load(id, info),
};

/** A body is found by its own type only. */
function resolveOfType(
  { __typename, id }: Reference & { __typename: string },
  { loaders }: Context,
  info: GraphQLResolveInfo,
) {
  const ofType = (row: OrganizationRow | null) =>
    row && typenames[row.kind] === __typename ? row : null;
  const row = loaders.organization.load(id, info, ['kind']);
  return row instanceof Promise ? row.then(ofType) : ofType(row);
}

/** The fields that every concrete type has. */
export const OrganizationFields = {
  __resolveReference: resolveOfType,
  id: reading(['_id'], ({ _id }) => _id),
  history: historyField<OrganizationRow>(),
  unit: reading(['unitId'], ({ unitId }, _arguments, { loaders }, info) =>
    unitId ? loaders.unit.load(unitId, info) : null,
  ),
  parent: reading(['parentId'], ({ parentId }, _arguments, { loaders }, info) =>
    parentId ? loaders.organization.load(parentId, info) : null,
  ),
  children: reading(['_id'], ({ _id }, page, { loaders }, info) =>
    loaders.organizationPage.load(_id, info, () => ({
      parentField: 'parentId',
      conditions: [],
      order: organizationsByName,
      page: readPageArguments(page, organizationsByName),
    })),
  ),
  memberOf: reading(['memberOfIds'], ({ memberOfIds }, _arguments, { loaders }, info) =>
    loaders.organization.loadPresent(memberOfIds, info),
  ),
  members: reading(['_id'], ({ _id }, page, { loaders }, info) =>
    loaders.organizationPage.load(_id, info, () => ({
      parentField: 'memberOfIds',
      conditions: [],
      order: organizationsByName,
      page: readPageArguments(page, organizationsByName),
    })),
  ),
  officeholders: reading(['_id'], async ({ _id }, { asOf }, { loaders }, info) =>
    officeholdersOn(await loaders.officialsOf.load(_id, info, ['terms']), _id, asOf),
  ),
} satisfies Complete<PoliceUnitResolvers, OrganizationRow>;

export const FrontCommittee: Complete<FrontCommitteeResolvers, OrganizationRow> = {
  ...OrganizationFields,
  memberOrganizations: reading(['_id'], ({ _id }, _arguments, { loaders }, info) =>
    loaders.membersOf.load(_id, info),
  ),
};

export const OrganizationCount: OrganizationCountResolvers = {
  unit: ({ provinceId }, _arguments, { loaders }, info) =>
    provinceId ? loaders.unit.load(provinceId, info) : null,
};

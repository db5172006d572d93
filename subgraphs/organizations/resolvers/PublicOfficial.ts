import type { OfficeTermResolvers, PublicOfficialResolvers } from '../__generated__/types.ts';
import { termsOf } from '../officeholdersOn.ts';

export const PublicOfficial: PublicOfficialResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.official.load(id),
  id: ({ _id }) => _id,
  terms: termsOf,
};

export const OfficeTerm: OfficeTermResolvers = {
  organization: ({ organizationId }, _arguments, { loaders }) =>
    organizationId ? loaders.organization.load(organizationId) : null,
};

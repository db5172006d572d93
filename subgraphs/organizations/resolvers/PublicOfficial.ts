import type { Complete } from '../../shared/types.ts';
import type { OfficeTermResolvers, PublicOfficialResolvers } from '../__generated__/types.ts';
import { termsOf } from '../officeholdersOn.ts';
import type { PublicOfficialRow } from '../models/PublicOfficial.ts';

export const PublicOfficial: Complete<PublicOfficialResolvers, PublicOfficialRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.official.load(id),
  id: ({ _id }) => _id,
  terms: termsOf,
};

export const OfficeTerm: OfficeTermResolvers = {
  organization: ({ organizationId }, _arguments, { loaders }) =>
    organizationId ? loaders.organization.load(organizationId) : null,
};

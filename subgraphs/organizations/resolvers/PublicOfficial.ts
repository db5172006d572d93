import { passingOn, reading } from '../../shared/reading.ts';
import type { Complete } from '../../shared/types.ts';
import type { OfficeTermResolvers, PublicOfficialResolvers } from '../__generated__/types.ts';
import { termsOf } from '../officeholdersOn.ts';
import type { PublicOfficialRow } from '../models/PublicOfficial.ts';

export const PublicOfficial: Complete<PublicOfficialResolvers, PublicOfficialRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.official.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  terms: passingOn(['terms'], (_official, itself) => termsOf(itself)),
};

export const OfficeTerm: OfficeTermResolvers = {
  organization: ({ organizationId }, _arguments, { loaders }, info) =>
    organizationId ? loaders.organization.load(organizationId, info) : null,
};

import type { SourceResolvers } from '../__generated__/types.ts';

export const Source: SourceResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.source.load(id),
  id: ({ _id }) => _id,
};

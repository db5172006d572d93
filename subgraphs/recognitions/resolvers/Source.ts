import type { SourceResolvers } from '../__generated__/types.ts';
import { recognitionsOf } from '../recognitionsOf.ts';

export const Source: SourceResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.source.load(id),
  id: ({ _id }) => _id,
  recognitions: ({ _id }, given, { loaders }) => recognitionsOf(loaders, 'sourceIds', _id, given),
};

import type { Complete } from '../../shared/types.ts';
import type { SourceResolvers } from '../__generated__/types.ts';
import { recognitionsOf } from '../recognitionsOf.ts';
import type { SourceRow } from '../models/Source.ts';

export const Source: Complete<SourceResolvers, SourceRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.source.load(id),
  id: ({ _id }) => _id,
  recognitions: ({ _id }, given, { loaders }) => recognitionsOf(loaders, 'sourceIds', _id, given),
};

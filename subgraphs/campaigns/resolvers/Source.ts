import { reading } from '../../shared/reading.ts';
import type { Complete } from '../../shared/types.ts';
import type { SourceResolvers } from '../__generated__/types.ts';
import type { SourceRow } from '../models/Source.ts';

export const Source: Complete<SourceResolvers, SourceRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.source.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
};

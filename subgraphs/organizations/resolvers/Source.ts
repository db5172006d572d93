import type { DataNoteResolvers, SourceResolvers } from '../__generated__/types.ts';

export const Source: SourceResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.source.load(id),
  id: ({ _id }) => _id,
  unit: ({ unitId }, _arguments, { loaders }) => (unitId ? loaders.unit.load(unitId) : null),
  notes: ({ _id }, _arguments, { loaders }) => loaders.notesOf.load(_id),
};

export const DataNote: DataNoteResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.note.load(id),
  id: ({ _id }) => _id,
};

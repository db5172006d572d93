import type { Complete } from '../../shared/types.ts';
import type { DataNoteResolvers, SourceResolvers } from '../__generated__/types.ts';
import type { SourceRow } from '../models/Source.ts';
import type { DataNoteRow } from '../models/DataNote.ts';

export const Source: Complete<SourceResolvers, SourceRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.source.load(id),
  id: ({ _id }) => _id,
  unit: ({ unitId }, _arguments, { loaders }) => (unitId ? loaders.unit.load(unitId) : null),
  notes: ({ _id }, _arguments, { loaders }) => loaders.notesOf.load(_id),
};

export const DataNote: Complete<DataNoteResolvers, DataNoteRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.note.load(id),
  id: ({ _id }) => _id,
};

import { reading } from '../../shared/reading.ts';
import type { Complete } from '../../shared/types.ts';
import type { DataNoteResolvers, SourceResolvers } from '../__generated__/types.ts';
import type { SourceRow } from '../models/Source.ts';
import type { DataNoteRow } from '../models/DataNote.ts';

export const Source: Complete<SourceResolvers, SourceRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.source.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  unit: reading(['unitId'], ({ unitId }, _arguments, { loaders }, info) =>
    unitId ? loaders.unit.load(unitId, info) : null,
  ),
  notes: reading(['_id'], ({ _id }, _arguments, { loaders }, info) =>
    loaders.notesOf.load(_id, info),
  ),
};

export const DataNote: Complete<DataNoteResolvers, DataNoteRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.note.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
};

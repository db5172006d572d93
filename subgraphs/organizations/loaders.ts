import { lazily } from '../shared/lazily.ts';
import { createPageLoader } from '../shared/createPageLoader.ts';
import { createRowLoader, createRowsLoader } from '../shared/rowLoaders.ts';
import { createHistoryLoader } from '../shared/writing/history.ts';
import { directories } from './directories.ts';
import { AdministrativeUnitModel } from './models/AdministrativeUnit.ts';
import { DataNoteModel } from './models/DataNote.ts';
import { OrganizationModel } from './models/Organization.ts';
import { PublicOfficialModel } from './models/PublicOfficial.ts';
import { AuditEntryModel } from './models/AuditEntry.ts';
import { SourceModel } from './models/Source.ts';

/** The batchers of one client request. */
export const createLoaders = lazily({
  organization: () => createRowLoader(OrganizationModel, directories.organization),
  organizationPage: () => createPageLoader(OrganizationModel),
  membersOf: () => createRowsLoader(OrganizationModel, 'memberOfIds', { nameSort: 1, _id: 1 }),
  unit: () => createRowLoader(AdministrativeUnitModel, directories.unit),
  unitPage: () => createPageLoader(AdministrativeUnitModel),
  predecessorsOf: () =>
    createRowsLoader(AdministrativeUnitModel, 'successorIds', {
      nameSort: 1,
      _id: 1,
    }),
  official: () => createRowLoader(PublicOfficialModel),
  officialsOf: () =>
    createRowsLoader(PublicOfficialModel, 'organizationIds', { nameSort: 1, _id: 1 }),
  source: () => createRowLoader(SourceModel, directories.source),
  note: () => createRowLoader(DataNoteModel),
  notesOf: () => createRowsLoader(DataNoteModel, 'sourceIds', { _id: 1 }),
  history: () => createHistoryLoader(AuditEntryModel),
});

export type Loaders = ReturnType<typeof createLoaders>;

import type {
  DocumentRelationResolvers,
  OfficialDocumentResolvers,
} from '../__generated__/types.ts';
import { activitiesOf, campaignsOf } from '../pages.ts';
import { present } from '../../shared/present.ts';
import type { Complete } from '../../shared/types.ts';
import type { OfficialDocumentRow } from '../models/OfficialDocument.ts';

export const OfficialDocument: Complete<OfficialDocumentResolvers, OfficialDocumentRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.document.load(id),
  id: ({ _id }) => _id,
  issuers: ({ issuerIds }) => issuerIds.map((id) => ({ id })),
  campaigns: ({ _id }, given, { loaders }) => campaignsOf(loaders, 'documentIds', _id, given),
  activities: ({ _id }, given, { loaders }) => activitiesOf(loaders, 'documentIds', _id, given),
};

export const DocumentRelation: DocumentRelationResolvers = {
  document: async ({ documentId }, _arguments, { loaders }) =>
    present(await loaders.document.load(documentId), documentId),
};

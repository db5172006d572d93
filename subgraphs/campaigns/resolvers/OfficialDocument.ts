import type {
  DocumentRelationResolvers,
  OfficialDocumentResolvers,
} from '../__generated__/types.ts';
import { activitiesOf, campaignsOf } from '../pages.ts';
import { reading } from '../../shared/reading.ts';
import type { Complete } from '../../shared/types.ts';
import type { OfficialDocumentRow } from '../models/OfficialDocument.ts';

export const OfficialDocument: Complete<OfficialDocumentResolvers, OfficialDocumentRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.document.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  issuers: reading(['issuerIds'], ({ issuerIds }) => issuerIds.map((id) => ({ id }))),
  campaigns: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    campaignsOf(loaders, 'documentIds', _id, given, info),
  ),
  activities: reading(['_id'], ({ _id }, given, { loaders }, info) =>
    activitiesOf(loaders, 'documentIds', _id, given, info),
  ),
};

export const DocumentRelation: DocumentRelationResolvers = {
  document: ({ documentId }, _arguments, { loaders }, info) =>
    loaders.document.loadExisting(documentId, info),
};

import { lazily } from '../shared/lazily.ts';
import { createPageLoader } from '../shared/createPageLoader.ts';
import { createRowLoader } from '../shared/rowLoaders.ts';
import { createHistoryLoader } from '../shared/writing/history.ts';
import { directories } from './directories.ts';
import { ActivityModel } from './models/Activity.ts';
import { CampaignModel } from './models/Campaign.ts';
import { OfficialDocumentModel } from './models/OfficialDocument.ts';
import { OutcomeModel } from './models/Outcome.ts';
import { OutcomeMetricModel } from './models/OutcomeMetric.ts';
import { ParticipationModel } from './models/Participation.ts';
import { SecurityModelModel } from './models/SecurityModel.ts';
import { AuditEntryModel } from './models/AuditEntry.ts';
import { SourceModel } from './models/Source.ts';

/** The batchers of one client request. */
export const createLoaders = lazily({
  campaign: () => createRowLoader(CampaignModel),
  campaignPage: () => createPageLoader(CampaignModel),
  activity: () => createRowLoader(ActivityModel),
  activityPage: () => createPageLoader(ActivityModel),
  participationPage: () => createPageLoader(ParticipationModel),
  document: () => createRowLoader(OfficialDocumentModel, directories.document),
  documentPage: () => createPageLoader(OfficialDocumentModel),
  model: () => createRowLoader(SecurityModelModel),
  modelPage: () => createPageLoader(SecurityModelModel),
  outcome: () => createRowLoader(OutcomeModel),
  outcomePage: () => createPageLoader(OutcomeModel),
  metric: () => createRowLoader(OutcomeMetricModel, directories.metric),
  source: () => createRowLoader(SourceModel, directories.source),
  history: () => createHistoryLoader(AuditEntryModel),
});

export type Loaders = ReturnType<typeof createLoaders>;

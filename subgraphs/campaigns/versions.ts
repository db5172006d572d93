import type { VersionRow } from '../shared/writing/history.ts';
import type { ActivityRow } from './models/Activity.ts';
import type { CampaignRow } from './models/Campaign.ts';
import type { OutcomeRow } from './models/Outcome.ts';
import type { ParticipationRow } from './models/Participation.ts';
import type { SecurityModelRow } from './models/SecurityModel.ts';

/** Earlier versions, as the resolvers of each type `XVersion` get them. */
export type CampaignVersionRow = VersionRow<CampaignRow>;
export type ActivityVersionRow = VersionRow<ActivityRow>;
export type ParticipationVersionRow = VersionRow<ParticipationRow>;
export type SecurityModelVersionRow = VersionRow<SecurityModelRow>;
export type OutcomeVersionRow = VersionRow<OutcomeRow>;

import type { CommonTargets } from '../../shared/writing/createWriter.ts';
import { findOwn } from '../../shared/writing/findOwn.ts';
import { findSource } from '../../shared/writing/findSource.ts';
import {
  findOfficials,
  findOrganizations,
  findUnits,
  type KnownOrganization,
  type KnownUnit,
} from '../../shared/writing/references.ts';
import type { Lookups } from '../../shared/writing/Writing.ts';
import type { OrganizationKind } from '../__generated__/types.ts';
import { ActivityModel, type ActivityRow } from '../models/Activity.ts';
import { CampaignModel, type CampaignRow } from '../models/Campaign.ts';
import { OfficialDocumentModel, type OfficialDocumentRow } from '../models/OfficialDocument.ts';
import { OutcomeModel, type OutcomeRow } from '../models/Outcome.ts';
import { OutcomeMetricModel, type OutcomeMetricRow } from '../models/OutcomeMetric.ts';
import { SecurityModelModel, type SecurityModelRow } from '../models/SecurityModel.ts';
import { SourceModel } from '../models/Source.ts';
import { others } from '../others.ts';

/** What records of this subgraph refer to. */
export interface Targets extends CommonTargets {
  organization: KnownOrganization<OrganizationKind>;
  unit: KnownUnit;
  official: { id: string };
  campaign: CampaignRow;
  activity: ActivityRow;
  model: SecurityModelRow;
  outcome: OutcomeRow;
  document: OfficialDocumentRow;
  metric: OutcomeMetricRow;
}

/** How each of them is found. */
export const lookups: Lookups<Targets> = {
  organization: (ids) => findOrganizations<OrganizationKind>(others.ask, ids),
  unit: (ids) => findUnits(others.ask, ids),
  official: (ids) => findOfficials(others.ask, ids),
  campaign: findOwn(CampaignModel),
  activity: findOwn(ActivityModel),
  model: findOwn(SecurityModelModel),
  outcome: findOwn(OutcomeModel),
  document: findOwn(OfficialDocumentModel),
  metric: findOwn(OutcomeMetricModel),
  source: findSource(SourceModel, (...asked) => others.ask(...asked)),
};

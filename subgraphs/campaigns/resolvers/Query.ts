import { oneOf } from '../../shared/condition.ts';
import { findPage } from '../../shared/connection.ts';
import { phraseFirst } from '../../shared/order.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { toProjection } from '../../shared/projection.ts';
import { find } from '../../shared/read.ts';
import { searchConditions } from '../../shared/search.ts';
import { selectionOf } from '../../shared/selection.ts';
import { auditTrail } from '../../shared/writing/audit.ts';
import { historyById } from '../../shared/writing/history.ts';
import { unitField } from '../../shared/unitField.ts';
import type { QueryResolvers } from '../__generated__/types.ts';
import { aggregateOutcomes } from '../aggregateOutcomes.ts';
import { aggregateParticipations } from '../aggregateParticipations.ts';
import {
  activityConditions,
  campaignConditions,
  documentConditions,
  outcomeConditions,
  participationConditions,
} from '../conditions.ts';
import { ActivityModel, type ActivityRow } from '../models/Activity.ts';
import { AuditEntryModel } from '../models/AuditEntry.ts';
import { CampaignModel, type CampaignRow } from '../models/Campaign.ts';
import { OfficialDocumentModel } from '../models/OfficialDocument.ts';
import { OutcomeModel, type OutcomeRow } from '../models/Outcome.ts';
import { OutcomeMetricModel, type OutcomeMetricRow } from '../models/OutcomeMetric.ts';
import type { ParticipationRow } from '../models/Participation.ts';
import { SecurityModelModel, type SecurityModelRow } from '../models/SecurityModel.ts';
import {
  activityOrders,
  campaignOrders,
  documentsByName,
  modelsByName,
  outcomeOrders,
} from '../orders.ts';

export const Query: QueryResolvers = {
  campaign: (_parent, { id }, { loaders }, info) => loaders.campaign.load(id, info),

  campaigns: (_parent, { filter, sort, ...page }, _context, info) => {
    const order = campaignOrders[sort ?? 'NAME'];
    return findPage(
      CampaignModel,
      {
        conditions: campaignConditions(filter),
        order,
        page: readPageArguments(page, order),
      },
      info,
    );
  },

  activity: (_parent, { id }, { loaders }, info) => loaders.activity.load(id, info),

  activities: (_parent, { filter, sort, ...page }, _context, info) => {
    const order = activityOrders[sort ?? 'DATE_DESC'];
    return findPage(
      ActivityModel,
      {
        conditions: activityConditions(filter),
        order,
        page: readPageArguments(page, order),
      },
      info,
    );
  },

  officialDocument: (_parent, { id }, { loaders }, info) => loaders.document.load(id, info),

  officialDocuments: (_parent, { filter, ...page }, _context, info) => {
    const order = phraseFirst(documentsByName, filter?.search);
    return findPage(
      OfficialDocumentModel,
      {
        conditions: documentConditions(filter),
        order,
        page: readPageArguments(page, order),
      },
      info,
    );
  },

  securityModels: (
    _parent,
    { search, kind, unitIds, includeDescendants, ...page },
    _context,
    info,
  ) => {
    const order = phraseFirst(modelsByName, search);
    return findPage(
      SecurityModelModel,
      {
        conditions: [
          ...oneOf(unitField(includeDescendants), unitIds),
          ...searchConditions(search),
          ...oneOf('kind', kind),
        ],
        order,
        page: readPageArguments(page, order),
      },
      info,
    );
  },

  // A short list of its own, so it is not paged.
  outcomeMetrics: (_parent, _arguments, _context, info) =>
    find<OutcomeMetricRow>(
      OutcomeMetricModel,
      {},
      {
        projection: toProjection(selectionOf(info, 'OutcomeMetric')),
        hint: { _id: 1 },
        sort: { _id: 1 },
      },
    ),

  outcomes: (_parent, { filter, sort, ...page }, _context, info) => {
    const order = outcomeOrders[sort ?? 'METRIC'];
    return findPage(
      OutcomeModel,
      {
        conditions: outcomeConditions(filter),
        order,
        page: readPageArguments(page, order),
      },
      info,
    );
  },

  campaignHistory: historyById<CampaignRow>(),
  activityHistory: historyById<ActivityRow>(),
  participationHistory: historyById<ParticipationRow>(),
  securityModelHistory: historyById<SecurityModelRow>(),
  outcomeHistory: historyById<OutcomeRow>(),
  campaignsAuditTrail: auditTrail(AuditEntryModel),
  outcomeAggregates: (_parent, { groupBy, filter }) =>
    aggregateOutcomes(groupBy, outcomeConditions(filter)),

  participationAggregates: (_parent, { groupBy, filter }) =>
    aggregateParticipations(groupBy, participationConditions(filter)),
};

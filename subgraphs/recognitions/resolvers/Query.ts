import { findPage } from '../../shared/connection.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { auditTrail } from '../../shared/writing/audit.ts';
import { historyById } from '../../shared/writing/history.ts';
import type { QueryResolvers } from '../__generated__/types.ts';
import { aggregateRecognitions, noTotals } from '../aggregateRecognitions.ts';
import { countedConditions, recognitionConditions } from '../conditions.ts';
import { AuditEntryModel } from '../models/AuditEntry.ts';
import { RecognitionModel, type RecognitionRow } from '../models/Recognition.ts';
import { recognitionOrders } from '../orders.ts';

export const Query: QueryResolvers = {
  recognition: (_parent, { id }, { loaders }, info) => loaders.recognition.load(id, info),

  recognitions: (_parent, { filter, sort, ...page }, _context, info) => {
    const order = recognitionOrders[sort ?? 'CONFERRED_DESC'];
    return findPage(
      RecognitionModel,
      {
        conditions: recognitionConditions(filter),
        order,
        page: readPageArguments(page, order),
      },
      info,
    );
  },

  recognitionHistory: historyById<RecognitionRow>(),
  recognitionsAuditTrail: auditTrail(AuditEntryModel),
  recognitionTotals: async (_parent, { filter }) => {
    const [group] = await aggregateRecognitions({
      groupBy: [],
      conditions: countedConditions(filter),
    });
    return group?.totals ?? noTotals;
  },

  recognitionAggregates: (_parent, { groupBy, filter }) =>
    aggregateRecognitions({ groupBy, conditions: countedConditions(filter) }),
};

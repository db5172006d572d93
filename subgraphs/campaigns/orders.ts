import { order } from '../shared/order.ts';

export const participationsById = order('participations ID', {});
export const documentsByName = order('documents NAME', { nameSort: 1 });
export const modelsByName = order('models NAME', { nameSort: 1 });

/** Each CampaignSort. */
export const campaignOrders = {
  NAME: order('campaigns NAME', { nameSort: 1 }),
  PERIOD_DESC: order('campaigns PERIOD_DESC', { periodSort: -1 }),
};

/** Each ActivitySort. */
export const activityOrders = {
  DATE_DESC: order('activities DATE_DESC', { latestFirst: -1 }),
  DATE_ASC: order('activities DATE_ASC', { earliestFirst: 1 }),
  NAME: order('activities NAME', { nameSort: 1 }),
};

/** Each OutcomeSort. */
export const outcomeOrders = {
  METRIC: order('outcomes METRIC', { metricCode: 1 }),
  VALUE_DESC: order('outcomes VALUE_DESC', { value: -1 }),
};

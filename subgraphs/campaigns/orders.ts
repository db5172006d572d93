import { order } from '../shared/order.ts';

export const byId = order('ID', {});
export const byName = order('NAME', { nameSort: 1 });

/** Each CampaignSort. */
export const campaignOrders = {
  NAME: byName,
  PERIOD_DESC: order('PERIOD_DESC', { periodSort: -1 }),
};

/** Each ActivitySort. */
export const activityOrders = {
  DATE_DESC: order('DATE_DESC', { latestFirst: -1 }),
  DATE_ASC: order('DATE_ASC', { earliestFirst: 1 }),
  NAME: byName,
};

/** Each OutcomeSort. */
export const outcomeOrders = {
  METRIC: order('METRIC', { metricCode: 1 }),
  VALUE_DESC: order('VALUE_DESC', { value: -1 }),
};

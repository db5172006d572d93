import { order } from '../shared/order.ts';

/** Each RecognitionSort. */
export const recognitionOrders = {
  CONFERRED_DESC: order('CONFERRED_DESC', { latestFirst: -1 }),
  CONFERRED_ASC: order('CONFERRED_ASC', { earliestFirst: 1 }),
  AWARD_YEAR_DESC: order('AWARD_YEAR_DESC', { awardYearSort: -1 }),
  NAME: order('NAME', { nameSort: 1 }),
};

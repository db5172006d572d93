import { order } from '../shared/order.ts';

/** Each RecognitionSort. */
export const recognitionOrders = {
  CONFERRED_DESC: order('recognitions CONFERRED_DESC', { latestFirst: -1 }),
  CONFERRED_ASC: order('recognitions CONFERRED_ASC', { earliestFirst: 1 }),
  AWARD_YEAR_DESC: order('recognitions AWARD_YEAR_DESC', { awardYearSort: -1 }),
  NAME: order('recognitions NAME', { nameSort: 1 }),
};

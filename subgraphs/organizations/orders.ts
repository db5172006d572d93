import { order } from '../shared/order.ts';

export const byName = order('NAME', { nameSort: 1 });
export const byId = order('ID', {});
export const newestFirst = order('PUBLISHED', { publishedSort: -1 });

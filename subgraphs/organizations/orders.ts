import { order } from '../shared/order.ts';

export const organizationsByName = order('organizations NAME', { nameSort: 1 });
export const unitsByName = order('units NAME', { nameSort: 1 });
export const officialsByName = order('officials NAME', { nameSort: 1 });
export const newestFirst = order('sources PUBLISHED', { publishedSort: -1 });
export const notesById = order('notes ID', {});

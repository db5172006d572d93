/**
 * What tells synthetic records from those of articles, and is all that they are removed by: every
 * id begins so. Codes of metrics are upper case; ids of facts begin with neither (see factsSchema.ts).
 */
export const ID_PREFIX = 'syn-';
export const METRIC_PREFIX = 'SYN_';

/** The publisher of every synthetic source. */
export const PUBLISHER = 'Dữ liệu tổng hợp, không có thật (synthetic data, not real)';

/** Stands in names that would otherwise look like those of real records. */
export const MARK = { vi: 'dữ liệu tổng hợp', en: 'synthetic data' } as const;

/** Finds the synthetic records of any collection, by its index on `_id`. */
export const syntheticIds = {
  $or: [ID_PREFIX, METRIC_PREFIX].map((prefix) => ({
    _id: { $gte: prefix, $lt: `${prefix}\uffff` },
  })),
};

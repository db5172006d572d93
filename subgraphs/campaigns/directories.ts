import { createDirectory } from '../shared/createDirectory.ts';
import { OutcomeMetricModel } from './models/OutcomeMetric.ts';
import { SourceModel } from './models/Source.ts';
import { OfficialDocumentModel } from './models/OfficialDocument.ts';

/** Small records that are asked for by id again and again. */
export const directories = {
  metric: createDirectory(OutcomeMetricModel),
  source: createDirectory(SourceModel),
  document: createDirectory(OfficialDocumentModel),
};

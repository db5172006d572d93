import { createDirectory } from '../shared/createDirectory.ts';
import { SourceModel } from './models/Source.ts';

/** Small records that are asked for by id again and again. */
export const directories = {
  source: createDirectory(SourceModel),
};

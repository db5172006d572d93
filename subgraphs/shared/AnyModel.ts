import type { Collection } from 'mongoose';

/** A model of any rows, as far as code that builds queries needs it. */
export interface AnyModel {
  modelName: string;
  schema: {
    indexes(): [Record<string, unknown>, unknown][];
    path(name: string): { instance: string };
  };
  collection: Collection;
}

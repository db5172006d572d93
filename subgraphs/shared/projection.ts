import type { mongo } from 'mongoose';
import type { Selection } from './selection.ts';

type Document = mongo.BSON.Document;

/** The projection that brings the stored fields of a selection, of rows that stand below `path`. */
export const toProjection = ({ fields }: Selection, path = ''): Document =>
  Object.fromEntries(['_id', ...fields].map((field) => [path + field, 1]));

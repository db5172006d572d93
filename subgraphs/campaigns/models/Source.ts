import { Schema, type InferRawDocType } from 'mongoose';
import { sourceFields } from '../../shared/values.ts';
import { database } from '../database.ts';

export type SourceRow = InferRawDocType<typeof sourceFields>;
export const SourceModel = database.model<SourceRow>('Source', new Schema(sourceFields), 'sources');

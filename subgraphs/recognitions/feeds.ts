import type { RecordChange } from '../shared/live/Change.ts';
import { createChangeFeed } from '../shared/live/createChangeFeed.ts';
import { database } from './database.ts';
import { RecognitionModel } from './models/Recognition.ts';

/** What is told live. */
export const feeds = {
  recognition: createChangeFeed(database, RecognitionModel.collection.collectionName),
};

export type RecognitionChangeRow = RecordChange;

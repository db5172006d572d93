import type { RecordChange } from '../shared/live/Change.ts';
import { createChangeFeed } from '../shared/live/createChangeFeed.ts';
import { database } from './database.ts';
import { ActivityModel } from './models/Activity.ts';
import { OutcomeModel } from './models/Outcome.ts';

/** What is told live. */
export const feeds = {
  activity: createChangeFeed(database, ActivityModel.collection.collectionName),
  outcome: createChangeFeed(database, OutcomeModel.collection.collectionName),
};

export type ActivityChangeRow = RecordChange;
export type OutcomeChangeRow = RecordChange;

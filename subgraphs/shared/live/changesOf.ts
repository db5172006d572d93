import type { mongo } from 'mongoose';
import type { AnyModel } from '../AnyModel.ts';
import { toFilter, type Condition } from '../condition.ts';
import { find } from '../read.ts';
import type { Change, RecordChange } from './Change.ts';
import type { ChangeFeed } from './createChangeFeed.ts';
import { needsStream } from './needsStream.ts';
import type { LiveClient } from './LiveEvent.ts';

interface ChangeArguments<TFilter> {
  filter?: TFilter | null | undefined;
  after?: string | null | undefined;
}

/** What a subscription shares with its resolvers. */
export interface LiveContext {
  live?: LiveClient;
}

/**
 * Makes the resolver of a subscription to the changes of a collection. Of a filter's records it tells those that match
 * as they are then, and all that were withdrawn: what those were like nobody knows any more.
 */
export const changesOf = <TFilter>(
  feed: ChangeFeed,
  model: AnyModel,
  conditionsOf: (filter: TFilter) => Condition[],
) => ({
  async subscribe(
    _parent: unknown,
    { filter, after }: ChangeArguments<TFilter>,
    { live }: LiveContext,
  ): Promise<AsyncIterable<Change>> {
    if (!live) throw new Error('a subscription without its client');
    const conditions = filter ? conditionsOf(filter) : [];
    const changes = await feed.follow({ after: live.lastEventId ?? after, signal: live.signal });
    return conditions.length ? matching(changes, model, conditions.map(toFilter)) : changes;
  },
  resolve(change: RecordChange | undefined): RecordChange {
    if (!change) throw needsStream();
    return change;
  },
});

async function* matching(
  changes: AsyncIterable<Change>,
  model: AnyModel,
  filters: mongo.BSON.Document[],
): AsyncGenerator<Change> {
  for await (const change of changes) {
    const isTold =
      change.recordId === undefined ||
      change.kind === 'WITHDRAWN' ||
      (
        await find(
          model,
          { $and: [{ _id: change.recordId }, ...filters] },
          { projection: { _id: 1 } },
        )
      ).length > 0;
    yield isTold ? change : { eventId: change.eventId };
  }
}

/** What happened to a record. */
export type ChangeKind = 'CREATED' | 'CHANGED' | 'WITHDRAWN';

/** One change of a record, or without `recordId` just how far the stream has come. */
export interface Change {
  /** The place in the stream after which it goes on. */
  eventId: string;
  kind?: ChangeKind;
  recordId?: string;
}

/** A change that tells of a record. */
export type RecordChange = Required<Change>;

/** A command that the database was sent. */
export interface CollectedCommand {
  collection: string;
  command: string;
  ms: number;
}

/** Takes one line for the user: which way is tried, why it is passed over, how far a long step is. */
export type Log = (line: string) => void;

/** A database server that can be started, and where it keeps its data. */
export interface Server {
  command: string;
  /** Its arguments when it is to listen on `port` of 127.0.0.1. */
  args: (port: number) => string[];
  /** The folder of its data: an absolute path that stands among its arguments. */
  storage: string;
  /** What has to be done once it listens, before it can be used. */
  settle?: (port: number) => Promise<void>;
}

/** One way to get a database server, as the ladder tries them. */
export interface Rung {
  /** What the user is told it is. */
  name: string;
  /** What the user can do to make it work. */
  remedy: string;
  /**
   * Finds or installs the server.
   * @param folder The data folder, an absolute path that exists.
   * @throws an Error whose message says in one line why that can't be.
   */
  prepare: (folder: string, log: Log) => Promise<Server>;
}

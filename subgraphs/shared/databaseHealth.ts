import type { Connection, mongo } from 'mongoose';
import { databaseFault, databaseFaultCode } from './databaseFault.ts';
import { collectedCommands } from './seen/collectCommands.ts';
import { traced } from './seen/tracing.ts';
import { DEFAULT_LIMITS, type DatabaseLimits } from './databaseSettings.ts';

/** What the database is asked for. */
export interface Command {
  name: 'find' | 'aggregate' | 'transaction';
  collection: string;
}

/** Is told of each command when it has ended; `failed` says whether it failed. */
export type ObserveCommand = (
  command: Command & { subgraph: string },
  ms: number,
  failed: boolean,
) => void;

/** Takes one line for whoever runs the service. */
export type Tell = (line: string) => void;

/** So many reads for each connection are under way or wait; more are refused at once. */
const QUEUED_PER_CONNECTION = 20;
/** What the driver may need beyond a command's own time, to say that it failed. */
const MARGIN_MS = 250;
/** The same fault is logged once in so long. */
const TELL_EVERY_MS = 10_000;

/** What is known of a subgraph's database, and the one way to wait for it. */
export interface DatabaseHealth {
  readonly limits: DatabaseLimits;
  /** Whether no server can take a command, for longer than an election takes. */
  readonly isAway: boolean;
  /** Reads that are under way or wait for a connection. */
  readonly pending: number;
  /**
   * Gives what `read` gives. Throws `DATABASE_UNAVAILABLE`, `DATABASE_TIMEOUT`, `DATABASE_OVERLOADED` or
   * `DATABASE_REFUSED` when the database is at fault, within the time that the limits set.
   */
  within<TResult>(command: Command, read: () => Promise<TResult>): Promise<TResult>;
  /** Does work that the database is asked for, and tells whoever watches. */
  observed<TResult>(command: Command, work: () => Promise<TResult>): Promise<TResult>;
  /** Throws at once what `within` would throw at once. */
  requirePresent(): void;
  /** Notes a fault for whoever runs the service. */
  note(error: unknown): void;
}

const healths = new WeakMap<Connection, DatabaseHealth>();

/** The health of a database; of one that nobody watches, it is taken to be well. */
export function healthOf(database: Connection): DatabaseHealth {
  const health =
    healths.get(database) ??
    createHealth({ database: database.name, limits: DEFAULT_LIMITS, tell: () => {} });
  healths.set(database, health);
  return health;
}

/** Watches the database from now on, as its driver sees it. */
export function watchHealth(
  database: Connection,
  settings: Omit<HealthSettings, 'database'>,
): void {
  const health = createHealth({ ...settings, database: database.name });
  healths.set(database, health);
  database.getClient().on('topologyDescriptionChanged', ({ newDescription }) => {
    health.see(newDescription);
  });
}

const detailsOf = ({ name, collection }: Command, subgraph: string) =>
  ({
    kind: 'client',
    // By the names of OpenTelemetry's conventions.
    attributes: {
      'db.system.name': 'mongodb',
      'db.operation.name': name,
      'db.collection.name': collection,
      'antq.subgraph': subgraph,
    },
  }) as const;

interface HealthSettings {
  /** The name of the database. */
  database: string;
  /** Whose database it is. */
  subgraph?: string;
  limits: DatabaseLimits;
  tell: Tell;
  observe?: ObserveCommand | undefined;
}

function createHealth({ database: name, subgraph = name, limits, tell, observe }: HealthSettings) {
  const most = limits.poolSize * QUEUED_PER_CONNECTION;
  const longest = limits.timeoutMs + MARGIN_MS;
  let awaySince: number | undefined;
  let pending = 0;
  let toldAt = -Infinity;

  const isAway = () =>
    awaySince !== undefined && performance.now() - awaySince >= limits.selectionTimeoutMs;

  const note = (error: unknown) => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    tell(`database ${name}: ${error instanceof Error ? error.message : String(error)}`);
  };

  const timed = async <TResult>(command: Command, work: () => Promise<TResult>) => {
    const collected = collectedCommands();
    if (!observe && !collected) return work();
    const start = performance.now();
    let failed = true;
    try {
      const result = await work();
      failed = false;
      return result;
    } finally {
      const ms = performance.now() - start;
      observe?.({ ...command, subgraph }, ms, failed);
      collected?.push({ collection: command.collection, command: command.name, ms });
    }
  };

  const observed = <TResult>(command: Command, work: () => Promise<TResult>) =>
    traced(`${command.name} ${command.collection}`, detailsOf(command, subgraph), () =>
      timed(command, work),
    );

  return {
    limits,
    note,
    observed,
    get isAway() {
      return isAway();
    },
    get pending() {
      return pending;
    },

    see({ servers, hasKnownServers }: mongo.TopologyDescription) {
      const canWrite = [...servers.values()].some(({ isWritable }) => isWritable);
      if (hasKnownServers && canWrite) {
        if (awaySince !== undefined) tell(`database ${name}: it is there again`);
        awaySince = undefined;
        toldAt = -Infinity;
      } else if (awaySince === undefined) {
        awaySince = performance.now();
        tell(`database ${name}: no server takes commands`);
      }
    },

    requirePresent() {
      if (isAway()) throw databaseFault('DATABASE_UNAVAILABLE');
      if (pending >= most) throw databaseFault('DATABASE_OVERLOADED');
    },

    async within<TResult>(command: Command, read: () => Promise<TResult>): Promise<TResult> {
      this.requirePresent();
      pending += 1;
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(databaseFault('DATABASE_TIMEOUT')), longest);
      });
      const reading = observed(command, read).finally(() => (pending -= 1));
      try {
        return await Promise.race([reading, tooLate]);
      } catch (error) {
        const code = databaseFaultCode(error);
        if (!code) throw error;
        note(error);
        throw databaseFault(code, error);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

import { wholeNumber } from './settings.ts';

/** How much a subgraph asks of its database at once, and how long it waits for it. */
export interface DatabaseLimits {
  /** Connections at most. */
  poolSize: number;
  /** A command may take so long. */
  timeoutMs: number;
  /** So long is waited for a server that can take the command: an election should fit in. */
  selectionTimeoutMs: number;
}

export const DEFAULT_LIMITS: DatabaseLimits = {
  poolSize: 50,
  timeoutMs: 5_000,
  selectionTimeoutMs: 3_000,
};

/** For tools that write a great deal, with nobody waiting for an answer: a slow database is not a dead one. */
export const PATIENT_LIMITS: DatabaseLimits = {
  poolSize: 10,
  timeoutMs: 600_000,
  selectionTimeoutMs: 30_000,
};

/** Settings of whoever connects to a database. */
export const databaseSettings = {
  DB_POOL_SIZE: wholeNumber(1, 1_000).default(DEFAULT_LIMITS.poolSize),
  DB_TIMEOUT_MS: wholeNumber(100, 600_000).default(DEFAULT_LIMITS.timeoutMs),
  DB_SELECTION_TIMEOUT_MS: wholeNumber(100, 600_000).default(DEFAULT_LIMITS.selectionTimeoutMs),
};

/** The limits that the settings set. */
export const toDatabaseLimits = (settings: {
  DB_POOL_SIZE: number;
  DB_TIMEOUT_MS: number;
  DB_SELECTION_TIMEOUT_MS: number;
}): DatabaseLimits => ({
  poolSize: settings.DB_POOL_SIZE,
  timeoutMs: settings.DB_TIMEOUT_MS,
  selectionTimeoutMs: settings.DB_SELECTION_TIMEOUT_MS,
});

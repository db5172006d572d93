import type { LoadConfig } from '../subgraphs/shared/load/loadSettings.ts';

/** What is left when clients are served: connections to close, and a database to stop, which has ten seconds for it. */
const AFTERWARDS_MS = 20_000;

/** How long a service with such servers may take to close. */
export const closesWithinMs = ({ shutdownDelayMs, shutdownGraceMs }: LoadConfig): number =>
  shutdownDelayMs + shutdownGraceMs + AFTERWARDS_MS;

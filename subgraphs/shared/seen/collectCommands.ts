import { AsyncLocalStorage } from 'node:async_hooks';
import type { CollectedCommand } from './CollectedCommand.ts';

const storage = new AsyncLocalStorage<CollectedCommand[]>();
/** While nobody collects, following asynchronous work costs nothing. */
let collecting = 0;

/** Carries out work, and gives the commands that databases were sent for it. */
export async function collectCommands<T>(
  work: () => Promise<T>,
): Promise<{ result: T; commands: CollectedCommand[] }> {
  const commands: CollectedCommand[] = [];
  collecting += 1;
  try {
    return { result: await storage.run(commands, work), commands };
  } finally {
    collecting -= 1;
    if (collecting === 0) storage.disable();
  }
}

/** Where the commands of the work under way are collected; undefined when nobody does. */
export const collectedCommands = (): CollectedCommand[] | undefined =>
  collecting === 0 ? undefined : storage.getStore();

import { setTimeout as delay } from 'node:timers/promises';
import { never, type Database } from './Database.ts';
import { provideDatabase, type DatabaseOptions } from './provideDatabase.ts';

const MOST_RESTARTS = 5;
const WITHIN_MS = 60_000;
const FIRST_WAIT_MS = 100;

/**
 * Provides a database as `provideDatabase` does, and starts one of our own again, on the same port and data,
 * when it ends by itself. It is lost when it ends more than five times within a minute, or can't be
 * started again where it was.
 */
export async function superviseDatabase(options: DatabaseOptions): Promise<Database> {
  let current = await provideDatabase(options);
  const { uri, rung } = current;
  let isClosing = false;
  let starting: Promise<Database> | undefined;

  const keepUp = async (): Promise<string> => {
    let endings: number[] = [];
    for (;;) {
      const how = await current.exited;
      if (isClosing) return never;
      const now = performance.now();
      endings = [...endings.filter((at) => now - at < WITHIN_MS), now];
      if (endings.length > MOST_RESTARTS) {
        return `${how}; it was started again ${MOST_RESTARTS} times within a minute, and does not last`;
      }
      options.log(`database: ${how.replace(/^the database /, '')}; starting it again`);
      await delay(FIRST_WAIT_MS * 2 ** (endings.length - 1));
      if (isClosing) return never;
      try {
        starting = provideDatabase({ ...options, rung });
        current = await starting;
      } catch (error) {
        return `${how}; it can't be started again: ${error instanceof Error ? error.message : String(error)}`;
      }
      if (current.uri !== uri) return `${how}; its port was taken by something else meanwhile`;
    }
  };

  return {
    uri,
    rung,
    exited: keepUp(),
    async close() {
      isClosing = true;
      await starting?.catch(() => undefined);
      await current.close();
    },
  };
}

import { pino } from 'pino';
import { workerName } from '../subgraphs/shared/http/workerName.ts';

/** Resolves when an exception or a rejection was caught by nobody; each is logged whole, at every log level. */
export function untilBroken(): Promise<void> {
  const log = pino(workerName(), pino.destination({ fd: 2, sync: true }));
  return new Promise((resolve) => {
    // Node makes such exceptions of rejections as well.
    process.on('uncaughtException', (error, origin) => {
      log.fatal({ err: error, origin }, 'nobody caught this: the process ends');
      resolve();
    });
  });
}

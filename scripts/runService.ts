import { setTimeout as sleep } from 'node:timers/promises';
import { hurrySignal } from './hurrySignal.ts';
import { runMain } from './runMain.ts';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { untilBroken } from './untilBroken.ts';
import { untilStopped } from './untilStopped.ts';
import { onOrder } from './workers/orders.ts';

/** Something that runs until it is closed, or loses what it stands on. */
export interface Service {
  /** Resolves, with one line that says why, when it can't go on. */
  lost: Promise<string>;
  /** Closes it in order; as soon as `hurry` aborts, without waiting for clients. */
  close(hurry: AbortSignal): Promise<void>;
  /** Ends connections with their next answer, as another process has taken over, and goes on. */
  retire?(): void;
  /** How long closing may take. */
  closesWithinMs?: number;
}

const CLOSES_WITHIN_MS = 30_000;
const RETIRES_IN_MS = 2_000;

/**
 * Starts a service and runs it until this process is told to stop: exit code 0, or until it can't
 * go on: one line that says why, exit code 1. An exception that nobody has caught is logged, and ends it in order
 * as well, with exit code 1: nobody knows what it has left half done. A second signal hurries.
 */
export function runService(start: () => Promise<Service>): Promise<void> {
  return runMain(async () => {
    const hurry = hurrySignal();
    const stopped = untilStopped().then(() => ({ code: 0, loss: undefined }));
    const broken = untilBroken().then(() => ({ code: 1, loss: undefined }));
    const service = await Promise.race([start(), stopped, broken]);
    // Stopped while it starts: whatever it has begun ends together with this process.
    if ('code' in service) process.exit(service.code);
    const retired = untilRetired(service).then(() => ({ code: 0, loss: undefined }));
    const lost = service.lost.then((loss) => ({ code: 1, loss }));
    const { code, loss } = await Promise.race([lost, stopped, retired, broken]);
    await closeInTime(service, hurry);
    if (loss !== undefined) throw new UserError(loss);
    process.exit(code);
  });
}

/** Resolves when this is a worker that another one has replaced, and its clients have had time to notice. */
async function untilRetired({ retire }: Service) {
  await new Promise<void>((resolve) => onOrder('retire', resolve));
  retire?.();
  await sleep(RETIRES_IN_MS);
}

async function closeInTime(
  { close, closesWithinMs = CLOSES_WITHIN_MS }: Service,
  hurry: AbortSignal,
) {
  const timer = setTimeout(() => {
    console.error(`error: not closed within ${closesWithinMs} ms: what is left ends unfinished`);
    process.exit(1);
  }, closesWithinMs);
  await close(hurry);
  clearTimeout(timer);
}

import { runMain } from './runMain.ts';
import { UserError } from '../subgraphs/shared/UserError.ts';
import { untilStopped } from './untilStopped.ts';

/** Something that runs until it is closed, or loses what it stands on. */
export interface Service {
  /** Resolves, with one line that says why, when it can't go on. */
  lost: Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts a service and runs it until this process is told to stop: exit code 0, or until it can't
 * go on: one line that says why, exit code 1.
 */
export function runService(start: () => Promise<Service>): Promise<void> {
  return runMain(async () => {
    const stopped = untilStopped().then(() => null);
    const service = await Promise.race([start(), stopped]);
    // Stopped while it starts: whatever it has begun ends together with this process.
    if (!service) process.exit(0);
    const loss = await Promise.race([service.lost, stopped]);
    await service.close();
    if (loss) throw new UserError(loss);
  });
}

import { totalmem } from 'node:os';
import type { LoadConfig } from '../../subgraphs/shared/load/loadSettings.ts';
import { answerWorkers } from '../../subgraphs/shared/seen/answerWorkers.ts';
import { closesWithinMs } from '../closesWithinMs.ts';
import type { Service } from '../runService.ts';
import { say } from './say.ts';
import { superviseWorkers, type WorkersSettings } from './superviseWorkers.ts';

export interface RunSettings extends Omit<WorkersSettings, 'closesWithinMs'> {
  /** What each of the workers bears. */
  load: LoadConfig;
}

/** Beyond what each worker may take to close, these are killed. */
const KILLED_WITHIN_MS = 5_000;
const NEARLY_ALL = 0.9;
const MB = 1024 * 1024;

/** Runs this script in workers, as a service; says what they say when all are ready. */
export async function runInWorkers({ load, ...settings }: RunSettings): Promise<Service> {
  const withinMs = closesWithinMs(load) + KILLED_WITHIN_MS;
  answerWorkers();
  const workers = await superviseWorkers({
    ...settings,
    env: { ...memoryOfEach(settings.count, load), ...settings.env },
    closesWithinMs: withinMs,
  });
  for (const line of workers.said) say(line);
  return {
    lost: workers.lost,
    close: workers.close,
    closesWithinMs: withinMs + closesWithinMs(load),
  };
}

/** What a container allows is for all of them. */
function memoryOfEach(count: number, { memoryMb }: LoadConfig): Record<string, string> {
  const allowed = process.constrainedMemory() ?? 0;
  if (memoryMb || !allowed || allowed > totalmem()) return {};
  return { MAX_MEMORY_MB: String(Math.floor((allowed * NEARLY_ALL) / MB / count)) };
}

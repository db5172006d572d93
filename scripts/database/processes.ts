import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 50;
const KILL_AFTER_MS = 10_000;

/** Whether the process lives and has `argument` in its command line: pids are given out again. */
export async function isRunning(pid: number, argument: string): Promise<boolean> {
  return (await commandLine(pid)).includes(argument);
}

/**
 * Ends a process that has `argument` in its command line, and waits until it is gone.
 * It first gets `patienceMs` to end by itself, then SIGTERM, then SIGKILL.
 */
export async function endProcess(pid: number, argument: string, patienceMs = 0): Promise<void> {
  if (await isGone(pid, argument, patienceMs)) return;
  signal(pid, 'SIGTERM');
  if (await isGone(pid, argument, KILL_AFTER_MS)) return;
  signal(pid, 'SIGKILL');
  await isGone(pid, argument, KILL_AFTER_MS);
}

async function isGone(pid: number, argument: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (await isRunning(pid, argument)) {
    if (Date.now() >= deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended, or is not ours to end.
  }
}

/** The command line of a process; empty when there is none, or only a zombie of it. */
async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const { stdout } = await promisify(execFile)('/bin/ps', [
      '-ww',
      '-o',
      'command=',
      '-p',
      `${pid}`,
    ]);
    return stdout;
  } catch {
    return '';
  }
}

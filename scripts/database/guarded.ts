import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const JOIN_TIMEOUT_MS = 2_000;
const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));

/** How a guarded command ended. */
export interface Ending {
  code?: number | null;
  signal?: string | null;
  error?: string;
}

/** A command that runs behind a guard, held by this process and perhaps by others. */
export interface Guarded {
  pid: number;
  /** Where other processes can hold it too. */
  guardPort: number;
  /** Resolves when the command has ended, or its guard. Never after `release` while others hold it. */
  ended: Promise<Ending>;
  /**
   * Lets go of it. The last holder's release stops the command and waits for its end.
   * @returns how it ended; null when others still hold it.
   */
  release(): Promise<Ending | null>;
}

/**
 * Starts a command behind a guard that stops it when this process ends, in whatever way.
 * It leaves the terminal's process group: Ctrl-C reaches us, and we decide when it stops.
 * @param output Where the command's output goes: a file descriptor, or line by line to a function.
 * @throws when the command can't be started.
 */
export async function spawnGuarded(
  command: string,
  args: readonly string[],
  output: number | ((line: string) => void),
): Promise<Guarded> {
  const guard = spawn(process.execPath, [GUARD, command, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', typeof output === 'number' ? output : 'pipe'],
  });
  if (!guard.stdin || !guard.stdout) throw new Error('a guard without pipes');
  guard.unref(); // its pipes keep us alive, for as long as we hold it
  const guarded = hold(guard.stdin, guard.stdout);
  if (typeof output === 'number' || !guard.stderr) return guarded;

  const lines = createInterface({ input: guard.stderr }).on('line', output);
  const lastLine = once(lines, 'close');
  return {
    ...(await guarded),
    ended: Promise.all([guarded, lastLine]).then(([{ ended }]) => ended),
  };
}

/**
 * Holds a command that another process started.
 * @returns null when its guard is gone, or is just stopping it.
 */
export async function joinGuarded(guardPort: number, pid: number): Promise<Guarded | null> {
  const socket = connect({ port: guardPort, host: '127.0.0.1', allowHalfOpen: true });
  // Somebody else may have got the port by now, and need not speak as a guard does.
  socket.setTimeout(JOIN_TIMEOUT_MS, () => socket.destroy());
  try {
    const guarded = await hold(socket, socket);
    if (guarded.pid !== pid) throw new Error('the guard of another command');
    socket.setTimeout(0);
    return guarded;
  } catch {
    socket.destroy();
    return null;
  }
}

type Message = Ending & { pid?: number; port?: number; released?: true };

async function hold(toGuard: Writable, fromGuard: Readable): Promise<Guarded> {
  const lines = createInterface({ input: fromGuard });
  const messages = lines[Symbol.asyncIterator]();
  // A guard that is gone breaks both streams; the close is all there is to know.
  toGuard.on('error', () => {});
  fromGuard.on('error', () => {}).on('close', () => lines.close());

  const next = async (): Promise<Message> => {
    const line = await messages.next();
    if (line.done) return { error: 'its guard was ended' };
    // Boundary: guard.mjs writes these lines, and it says which.
    return JSON.parse(line.value) as Message;
  };

  const { pid, port } = await next();
  if (pid === undefined || port === undefined) throw new Error(describeEnding(await next()));

  const last = next();
  return {
    pid,
    guardPort: port,
    ended: last.then((message) => (message.released ? new Promise(() => {}) : message)),
    async release() {
      toGuard.end();
      const message = await last;
      fromGuard.destroy();
      toGuard.destroy();
      return message.released ? null : message;
    },
  };
}

/** Says in half a sentence how a command ended. */
export function describeEnding({ code, signal, error }: Ending): string {
  return error ?? (signal ? `ended by ${signal}` : `ended with exit code ${code}`);
}

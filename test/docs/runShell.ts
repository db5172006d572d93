import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs commands in a shell that stops at the first that fails; in a pipe the last one counts, as `head` breaks the others off.
 * @returns what they print to standard output.
 * @throws when one fails, with all that was printed.
 */
export async function runShell(
  commands: string,
  { env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<string> {
  const { stdout } = await run('bash', ['-euc', commands], {
    cwd,
    env: { ...process.env, ...env },
  });
  return stdout;
}

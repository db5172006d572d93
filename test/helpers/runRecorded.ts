import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const recorder = new URL('recordConnections.ts', import.meta.url).href;

/** Runs `file` as a process of its own, with every attempt of it to reach out recorded among its lines. */
export function runRecorded(file: URL, flags: string[], env: Record<string, string> = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('APOLLO_'));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', recorder, fileURLToPath(file), ...flags],
    {
      env: { ...Object.fromEntries(inherited), LOG_LEVEL: 'silent', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const lines: string[] = [];
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
  return {
    child,
    lines,
    output,
    ended,
    /** Resolves with the URL once the process serves; fails when it ends without. */
    async ready(): Promise<string> {
      const found = () => lines.find((line) => line.startsWith('ready '));
      while (!found()) {
        const more = await Promise.race([once(output, 'line'), ended.then(() => 'ended')]);
        if (more === 'ended' && !found()) {
          throw new Error(`${file.pathname} ended without serving:\n${lines.join('\n')}`);
        }
      }
      return found()?.replace('ready ', '') ?? '';
    },
  };
}

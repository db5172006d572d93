import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from './findOnPath.ts';
import { describeEnding, spawnGuarded } from './guarded.ts';
import type { Log } from './Rung.ts';

/**
 * A Python environment in a folder of its own that has one package installed.
 * @param requirement The package with its version, as pip takes it.
 * @returns the path of its Python.
 * @throws when there is no Python, or the package can't be installed.
 */
export async function pythonEnvironment(
  environment: string,
  requirement: string,
  log: Log,
): Promise<string> {
  const systemPython = await findOnPath('python3');
  const python = join(environment, 'bin', 'python3');
  // Written last. It tells a finished environment from a half-made one, and from one that another Python
  // or another requirement has made useless.
  const marker = join(environment, 'complete');
  const wanted = [requirement, await run(systemPython, ['--version'])].join('\n');
  if ((await readFile(marker, 'utf8').catch(() => '')) === wanted) return python;

  log(`installing ${requirement} from PyPI into ${environment} (once, some 25 MB)`);
  await rm(environment, { recursive: true, force: true });
  await run(systemPython, ['-m', 'venv', environment]);
  const pipOptions = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  await run(
    python,
    ['-m', 'pip', 'install', ...pipOptions, '--retries', '1', requirement],
    (line) => {
      if (/^\s*(Downloading|Installing|Building)/.test(line)) log(`  ${line.trim()}`);
    },
  );
  await writeFile(marker, wanted);
  return python;
}

/**
 * Runs a command to its end.
 * @returns its last line.
 * @throws when its exit code is not 0, with the line that says most about why.
 */
async function run(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<string> {
  const lines: string[] = [];
  const { ended } = await spawnGuarded(command, args, (line) => {
    lines.push(line);
    onLine(line);
  });
  const ending = await ended;
  if (ending.code === 0) return lines.at(-1) ?? '';
  throw new Error(
    `${command} ${args.slice(0, 2).join(' ')}: ${explain(lines) ?? describeEnding(ending)}`,
  );
}

/** What the output of a failed command says to somebody who does not know Python. */
function explain(lines: readonly string[]): string | undefined {
  if (lines.some((line) => line.includes('connection broken by'))) return "PyPI can't be reached";
  if (lines.some((line) => line.includes('ensurepip is not'))) return 'its package venv is missing';
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
}

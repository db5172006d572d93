import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Installs a command of npm's into a folder of the tests, unless it is there.
 * @param spec The package and its version: `mongosh@2.12.0`.
 * @returns the folder that has the command, to be put on the PATH.
 */
export async function installTool(spec: string): Promise<string> {
  const folder = resolve('.data/test/tools', spec.replaceAll('/', '-'));
  const bin = join(folder, 'node_modules/.bin');
  // npm writes it last.
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return bin;
  rmSync(folder, { recursive: true, force: true });
  console.log(`installing ${spec} into ${folder} (once)`);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
  await run('npm', ['install', '--prefix', folder, '--engine-strict=false', ...flags, spec]);
  return bin;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../subgraphs/shared/UserError.ts';

const folder = fileURLToPath(new URL('peers/', import.meta.url));
const lockFile = new URL('peers/package-lock.json', import.meta.url);
/** What npm writes when it has installed a lockfile whole. */
const installedFile = new URL('peers/node_modules/.package-lock.json', import.meta.url);

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean }>;
}

async function isInstalled(): Promise<boolean> {
  try {
    const [wanted, installed] = await Promise.all(
      [lockFile, installedFile].map(
        async (file) => JSON.parse(await readFile(file, 'utf8')) as Lock,
      ),
    );
    return Object.entries(wanted?.packages ?? {}).every(
      ([path, { version, optional }]) =>
        path === '' || optional || installed?.packages[path]?.version === version,
    );
  } catch {
    return false;
  }
}

/** Installs the peers from their own lockfile, unless they are there. */
export async function installPeers(log: (line: string) => void): Promise<void> {
  if (await isInstalled()) return;
  log('bench: installing the peers into scripts/bench/peers (once, some 75 MB)');
  const npm = spawn('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-progress'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) {
    throw new UserError('the peers could not be installed', [
      `See why: npm ci --prefix ${folder}`,
      'Or leave them out: --variants embedded,distributed,stock,limit',
    ]);
  }
}

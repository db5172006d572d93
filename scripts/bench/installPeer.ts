import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/**
 * Where peers are installed, each folder from a lockfile of its own. Hive Gateway has one to itself: the
 * portability test needs nothing else (137 packages, 56 MB).
 */
const folders = {
  hive: new URL('peers/hive/', import.meta.url),
  monoliths: new URL('peers/', import.meta.url),
};

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean }>;
}

async function isInstalled(folder: URL): Promise<boolean> {
  try {
    // The second is what npm writes when it has installed a lockfile whole.
    const [wanted, installed] = await Promise.all(
      ['package-lock.json', 'node_modules/.package-lock.json'].map(
        async (file) => JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Lock,
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

/**
 * Installs Hive Gateway, or what the monoliths are made of, unless it is there.
 * @throws UserError that says how to see why it could not be installed.
 */
export async function installPeer(
  peer: keyof typeof folders,
  log: (line: string) => void,
): Promise<void> {
  if (await isInstalled(folders[peer])) return;
  const folder = fileURLToPath(folders[peer]);
  log(`installing ${peer} into ${folder} (once, some 60 MB)`);
  const npm = spawn('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-progress'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) {
    throw new UserError(`${peer} could not be installed`, [
      `See why: npm ci --prefix ${folder}`,
      'The bench can do without: --variants embedded,distributed,stock,limit',
    ]);
  }
}

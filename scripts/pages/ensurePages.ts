import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGES_DIR, stampOfSources } from './stampOfSources.ts';

/**
 * Makes the pages where they are not made yet, or were made of other sources. What they are made with is loaded
 * in a process that ends with that. Where it can't be done, `log` says so: the graph is served without them.
 */
export async function ensurePages(log: (line: string) => void): Promise<void> {
  if (await arePagesFresh()) return;
  log('building the pages, once (about ten seconds)');
  const script = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  const child = spawn(process.execPath, [script('run.cjs'), script('build.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  const reason = said.trim().split('\n')[0] ?? '';
  log(`the pages could not be built, and are not served: ${reason} (npm run build says more)`);
}

/** Whether what was made is what the sources say now. Without sources, what is there is taken as it is. */
async function arePagesFresh() {
  const [made, now] = await Promise.all([
    readFile(join(PAGES_DIR, 'stamp'), 'utf8').catch(() => undefined),
    stampOfSources().catch(() => undefined),
  ]);
  return made !== undefined && (now === undefined || made === now);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('a script that npm runs stops when npm is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'until-stopped-'));
  const script = join(folder, 'script.mts');
  await writeFile(
    script,
    `import { untilStopped } from ${JSON.stringify(resolve('scripts/untilStopped.ts'))};
     const timer: NodeJS.Timeout = setInterval(() => {}, 1e6);
     void untilStopped().then(() => { console.log('stopped'); clearInterval(timer); });
     console.log('waiting');`,
  );
  // As npm does: a shell between it and the script, which can be killed without the script.
  const shell = spawn('sh', ['-c', `"${process.execPath}" scripts/run.cjs ${script}; exit`], {
    env: { ...process.env, npm_lifecycle_event: 'db' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  shell.stdout.setEncoding('utf8');
  expect(await once(shell.stdout, 'data')).toEqual(['waiting\n']);

  shell.kill('SIGKILL');
  expect(await once(shell.stdout, 'data')).toEqual(['stopped\n']);
  await once(shell, 'close');
  await rm(folder, { recursive: true });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScript } from '../helpers/startScript.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-service-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a service whose start, and whose closing, are what these statements say. */
async function run(name: string, { start, close = '', rest = '' }: Record<string, string>) {
  const script = join(folder, `${name}.mts`);
  await writeFile(
    script,
    `import { runService } from ${JSON.stringify(resolve('scripts/runService.ts'))};
     const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
     await runService(async () => {
       setInterval(() => {}, 1e6);
       ${start}
       console.log('ready');
       return {
         lost: new Promise<string>(() => {}),
         async close(hurry: AbortSignal) { ${close}; console.log('closed'); },
         ${rest}
       };
     });`,
  );
  const running = startScript(script, { npm_lifecycle_event: undefined, LOG_LEVEL: 'silent' });
  return { ...running, ready: running.line(/^ready/) };
}

it.each([
  ['an exception', `throw new Error('out of order', { cause: new Error('the cause') })`],
  [
    'a rejection',
    `void Promise.reject(new Error('out of order', { cause: new Error('the cause') }))`,
  ],
])('%s that nobody catches is logged whole, and ends the service in order', async (name, what) => {
  const { ended, output } = await run(name.replace(' ', '-'), {
    start: `setTimeout(() => { ${what}; }, 200);`,
    close: 'await sleep(100)',
  });
  expect(await ended).toBe(1);
  expect(output()).toContain('closed');
  const line = output()
    .split('\n')
    .find((each) => each.startsWith('{'));
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 60,
    msg: 'nobody caught this: the process ends',
    err: {
      message: 'out of order: the cause',
      stack: expect.stringMatching(/out of order.+caused by: Error: the cause/s) as string,
    },
  });
});

it('a second signal hurries, but not one that comes together with the first', async () => {
  const {
    process: child,
    ready,
    ended,
    output,
  } = await run('hurry', {
    start: '',
    close: `await new Promise((done) => hurry.addEventListener('abort', done)); console.log('hurried')`,
  });
  await ready;
  child.kill('SIGINT');
  child.kill('SIGTERM');
  await sleep(1_500);
  expect(output()).not.toContain('hurried');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(output()).toContain('hurried\nclosed');
});

it('what hangs while it closes ends all the same', async () => {
  const {
    process: child,
    ready,
    ended,
    output,
  } = await run('hang', {
    start: '',
    close: 'await new Promise(() => {})',
    rest: 'closesWithinMs: 300,',
  });
  await ready;
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
  expect(output()).toContain('error: not closed within 300 ms: what is left ends unfinished');
});

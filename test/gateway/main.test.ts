import { expect, test } from 'vitest';
import { startScript } from '../helpers/startScript.ts';
import { composeFile, post, serve } from './kit.ts';
import { createBooks } from './library.ts';

const quiet = { PORT: '0', SUPERGRAPH_FILE: '', LOG_LEVEL: 'warn' };

test('it serves a supergraph until it is told to stop', async () => {
  const books = createBooks();
  const supergraph = await composeFile([{ ...books, url: await serve(books) }]);
  const gateway = startScript('gateway/main.ts', { ...quiet, PORT: '1' }, [
    '--supergraph',
    supergraph,
    '--port',
    '0',
  ]);
  const url = (await gateway.line(/^ready /)).replace('ready ', '');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
  expect(await post(url, { query: '{ book(id: "1") { title } }' })).toMatchObject({
    data: { book: { title: 'Số đỏ' } },
  });
  gateway.process.kill('SIGTERM');
  expect(await gateway.ended).toBe(0);
  expect(gateway.output()).toBe(`ready ${url}\n`);
});

const failures: [string, string[], Record<string, string>, string][] = [
  ['an unknown flag', ['--bogus'], {}, "error: Unknown option '--bogus': see --help\n"],
  ['a wrong setting', [], { LOG_LEVEL: 'loud' }, 'error: these settings are wrong:\n  LOG_LEVEL: '],
  ['a wrong port flag', ['--port', 'x'], {}, 'error: these settings are wrong:\n  PORT: must be'],
  [
    'a supergraph that is not there',
    ['--supergraph', 'nowhere.graphql'],
    {},
    'error: there is no supergraph at nowhere.graphql: compose one with "npm run schema"',
  ],
];
test.concurrent.for(failures)(
  '%s ends it with exit code 1',
  async ([, flags, env, message], { expect }) => {
    const gateway = startScript('gateway/main.ts', { ...quiet, ...env }, flags);
    expect(await gateway.ended).toBe(1);
    expect(gateway.output().startsWith(message), gateway.output()).toBe(true);
    expect(gateway.output()).not.toMatch(/\n {4}at /);
  },
);

test.concurrent('--help tells the flags', async ({ expect }) => {
  const gateway = startScript('gateway/main.ts', quiet, ['--help']);
  expect(await gateway.ended).toBe(0);
  expect(gateway.output()).toMatch(/^Serves .+--supergraph FILE.+--port NUMBER/s);
});

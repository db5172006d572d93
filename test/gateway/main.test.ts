import { test } from 'vitest';
import { startScript } from '../helpers/startScript.ts';

const quiet = { PORT: '0', LOG_LEVEL: 'warn' };

const failures: [string, string[], Record<string, string>, string][] = [
  ['an unknown flag', ['--bogus'], {}, "error: Unknown option '--bogus': see --help\n"],
  [
    'a wrong setting',
    [],
    { LOG_LEVEL: 'loud' },
    'error: these settings are wrong:\n  LOG_LEVEL=loud must be',
  ],
  ['a wrong port flag', ['--port', 'x'], {}, 'error: these settings are wrong:\n  PORT=x must be'],
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
    const gateway = startScript('scripts/gateway.ts', { ...quiet, ...env }, flags);
    expect(await gateway.ended).toBe(1);
    expect(gateway.output().startsWith(message), gateway.output()).toBe(true);
    expect(gateway.output()).not.toMatch(/\n {4}at /);
  },
);

test.concurrent('--help tells the flags', async ({ expect }) => {
  const gateway = startScript('scripts/gateway.ts', quiet, ['--help']);
  expect(await gateway.ended).toBe(0);
  expect(gateway.output()).toMatch(/^Serves .+--supergraph FILE.+--port NUMBER/s);
});

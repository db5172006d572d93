import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { pythonEnvironment } from '../../scripts/database/pythonEnvironment.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { startGraph } from '../helpers/graph.ts';
import { postJson } from './Attack.ts';

/** Others' idea of what an API has to bear: it knows GraphQL, and nothing of us. */
const SCHEMATHESIS = 'schemathesis==4.32.5';
const HOOKS = resolve('test/attacks/schemathesis_hooks.py');
const SECONDS = Number(process.env['SCHEMATHESIS_SECONDS'] ?? 120);

/** Where it is installed, and leaves what it remembers. */
const FOLDER = '.data/schemathesis';

const python = await pythonEnvironment(FOLDER, SCHEMATHESIS, console.log).catch(
  (error: unknown) => {
    // There it must not be missed in silence.
    if (process.env['CI']) throw error;
    console.log(`no schemathesis, its test is skipped: ${String(error)}`);
    return undefined;
  },
);

/** Runs it to its end; gives its exit code and what it said. */
async function run(url: string, key: string) {
  const command = resolve(dirname(python ?? ''), 'schemathesis');
  const options = [
    ['run', url],
    ['--max-time', String(SECONDS)],
    ['--request-timeout', '10'],
    ['--max-response-time', '5'],
    ['--workers', '2'],
    // Its own checks take each error for a failure.
    ['--checks', 'no_fault_of_the_server'],
    ['--header', `Authorization: Bearer ${key}`],
    ['--max-examples', '1000'],
  ];
  const settings = { NO_COLOR: '1', SCHEMATHESIS_HOOKS: HOOKS, PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn(command, options.flat(), {
    cwd: FOLDER,
    env: { ...process.env, ...settings },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}

test.skipIf(!python)(
  `schemathesis finds nothing in ${SECONDS} s`,
  { timeout: (SECONDS + 300) * 1_000 },
  async () => {
    const { file, keys, remove } = await createKeys({ editor: editorOf('org-bo-cong-an') });
    const graph = await startGraph({ keysFile: file });
    try {
      const { code, output } = await run(graph.url, keys.editor);
      console.log(output.slice(output.indexOf('SUMMARY')));
      expect(code, output).toBe(0);
      expect(output).toMatch(/[1-9]\d* generated, [1-9]\d* passed/);
      const alive = await postJson(graph.url, '{"query":"{ organizations { totalCount } }"}');
      expect(alive.status).toBe(200);
    } finally {
      await graph.close();
      await remove();
    }
  },
);

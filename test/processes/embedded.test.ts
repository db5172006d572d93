import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { isRunning } from '../../scripts/database/processes.ts';
import { readRecord } from '../../scripts/database/record.ts';
import { withClient } from '../../scripts/database/withClient.ts';
import { post } from '../helpers/graph.ts';
import { startScript } from '../helpers/startScript.ts';

const mongodbUri = inject('mongodbUri');
const databasePrefix = `start_${randomUUID().slice(0, 8)}_`;
const anyPorts = {
  PORT: '0',
  ORGANIZATIONS_PORT: '0',
  CAMPAIGNS_PORT: '0',
  RECOGNITIONS_PORT: '0',
};

const start = (env: Record<string, string | undefined> = {}) =>
  startScript('scripts/start.ts', {
    ...anyPorts,
    MONGODB_URI: mongodbUri,
    DATABASE_PREFIX: databasePrefix,
    ...env,
  });

/** The output, as lines; what the process says last stands last. */
const linesOf = (output: string) => output.trim().split('\n');

afterAll(() =>
  withClient(mongodbUri, async (client) => {
    for (const name of ['organizations', 'campaigns', 'recognitions']) {
      await client.db(`${databasePrefix}${name}`).dropDatabase();
    }
  }),
);

describe('npm start', () => {
  it('loads the facts once, says where everything is, and stops when told', async () => {
    const first = start();
    const ready = await first.line(/^ready /);
    expect(linesOf(first.output()).at(-1)).toBe(ready);
    expect(first.output()).toContain('records written to campaigns');

    const answer = await post(
      ready.replace('ready ', ''),
      '{ organization(id: "org-hoi-nct-viet-nam") { __typename recognitionsIssued { totalCount } } }',
    );
    expect(answer).toEqual({
      data: {
        organization: { __typename: 'ElderlyAssociation', recognitionsIssued: { totalCount: 2 } },
      },
    });

    const own = linesOf(first.output()).filter((line) => line.startsWith('subgraph '));
    expect(own).toHaveLength(3);
    for (const url of own.map((line) => line.split(' ')[2] ?? '')) {
      expect(await post(url, '{ _service { sdl } }')).toHaveProperty('data._service.sdl');
    }

    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = start();
    await second.line(/^ready /);
    expect(second.output()).toContain('facts: campaigns has them already');
    second.process.kill('SIGINT');
    expect(await second.ended).toBe(0);
  });

  it('says in one line that a port is taken, before anything else is done', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const started = start({ CAMPAIGNS_PORT: String(port) });
    expect(await started.ended).toBe(1);
    expect(linesOf(started.output())).toEqual([
      `error: port ${port} is taken: stop what uses it, or set CAMPAIGNS_PORT to another port`,
    ]);
    taken.close();
  });

  it('says which settings are wrong, all at once', async () => {
    const started = start({ PORT: 'x', CAMPAIGNS_PORT: '70000', INTROSPECTION: 'maybe' });
    expect(await started.ended).toBe(1);
    expect(linesOf(started.output())).toEqual([
      'error: these settings are wrong:',
      expect.stringMatching(/^ {2}CAMPAIGNS_PORT=70000 /),
      expect.stringMatching(/^ {2}INTROSPECTION=maybe /),
      expect.stringMatching(/^ {2}PORT=x /),
    ]);
  });

  it('says that a named database does not answer', async () => {
    const started = start({ MONGODB_URI: 'mongodb://127.0.0.1:1/' });
    expect(await started.ended).toBe(1);
    expect(started.output()).toMatch(
      /^error: MONGODB_URI mongodb:\/\/127\.0\.0\.1:1\/ can't be used/,
    );
  });

  it('leaves no database behind when it is killed, and starts one again that is', async () => {
    const dataDir = resolve('.data/test-database');
    const own = { MONGODB_URI: undefined, DATA_DIR: dataDir };
    const killed = start(own);
    await killed.line(/^ready /);
    const first = await readRecord(dataDir);
    if (!first) throw new Error('no database is recorded');
    killed.process.kill('SIGKILL');
    await expect.poll(() => isRunning(first.pid, first.storage), { timeout: 15_000 }).toBe(false);

    const bereft = start(own);
    const url = (await bereft.line(/^ready /)).replace('ready ', '');
    const ask = () => post(url, '{ campaigns(first: 1) { nodes { id } } }');
    const whole = await ask();
    let pid = 0;
    const killAnother = async () => {
      await expect
        .poll(async () => (await readRecord(dataDir))?.pid, { timeout: 15_000 })
        .not.toBe(pid);
      pid = (await readRecord(dataDir))?.pid ?? 0;
      process.kill(pid, 'SIGKILL');
    };
    await killAnother();
    await bereft.line(/ended by SIGKILL; starting it again$/);
    await expect.poll(ask, { timeout: 15_000 }).toEqual(whole);

    // One that does not last is not started for ever.
    for (let times = 1; times <= 5; times += 1) await killAnother();
    expect(await bereft.ended).toBe(1);
    expect(linesOf(bereft.output()).at(-1)).toMatch(
      /^error: the database \(.+\) is gone: .+ 5 times within a minute, and does not last$/,
    );
  }, 180_000);
});

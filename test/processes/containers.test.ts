import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withClient } from '../../scripts/database/withClient.ts';
import { freePort } from '../helpers/freePort.ts';
import { post } from '../helpers/graph.ts';
import { readCompose, readImage, type ComposeService } from '../helpers/readContainers.ts';

/*
 * No containers are run here: the very commands of compose.yaml are, with its settings, each as a process. Set
 * CONTAINER_ROOT to have them run in a folder that was made as the Dockerfile says (see .ci/try-containers).
 */
const project = fileURLToPath(new URL('../..', import.meta.url));
const root = process.env['CONTAINER_ROOT'] ?? project;
const secrets = {
  VOUCH_SECRET: 'what the four containers know, and nobody else',
  MONGODB_PASSWORD: 'm',
  MONGODB_ROOT_PASSWORD: 'r',
};
const { services, networks } = readCompose(project, secrets);
const image = readImage(project);
const own = Object.entries(services).filter(([, service]) => service.image === 'antq-graph');
const databasePrefix = `containers_${randomUUID().slice(0, 8)}_`;
const mongodbUri = inject('mongodbUri');

describe('compose.yaml', () => {
  it('wants each secret to be set', () => {
    for (const name of Object.keys(secrets)) {
      expect(() => readCompose(project, { ...secrets, [name]: '' })).toThrow(
        `${name} is missing: set it in .env`,
      );
    }
  });

  it('gives no container more than it needs', () => {
    for (const service of Object.values(services)) {
      expect(service).toMatchObject({
        restart: 'unless-stopped',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(services['mongodb']?.user).toBe('mongodb');
  });

  it('opens the gateway alone, to this machine alone', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports.length);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([
      ['gateway', ['127.0.0.1:4000:4000']],
    ]);
    expect(networks).toEqual({ front: null, back: { internal: true } });
    for (const [name, service] of Object.entries(services)) {
      expect(service.networks, name).toEqual(name === 'gateway' ? ['front', 'back'] : ['back']);
    }
  });

  it('gives services longer to stop than they take at most', () => {
    expect(own).toHaveLength(4);
    for (const [, service] of own) expect(service.stop_grace_period).toBe('30s');
  });
});

describe('the processes of compose.yaml', () => {
  const ports = new Map<string, number>();
  const running = new Map<string, ChildProcess>();
  const printed = new Map<string, string>();

  /** Addresses of other containers become those of their processes. */
  const here = (text: string) =>
    text.replaceAll(/http:\/\/(\w+|127\.0\.0\.1):(\d+)/g, (_whole, _host, port: string) => {
      const found = ports.get(port);
      if (found === undefined) throw new Error(`nothing listens on ${port}`);
      return `http://127.0.0.1:${found}`;
    });
  const environmentOf = (name: string, service: ComposeService) => {
    const settings = { ...image.env, ...service.environment };
    expect(settings['HOST'], 'containers are asked from outside').toBe('0.0.0.0');
    return {
      PATH: process.env['PATH'],
      ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, here(value)])),
      HOST: '127.0.0.1',
      DATABASE_PREFIX: databasePrefix,
      ...(settings['MONGODB_URI'] && { MONGODB_URI: mongodbUri }),
      [name === 'gateway' ? 'PORT' : `${name.toUpperCase()}_PORT`]: String(portOf(name)),
    };
  };
  const PORTS: Record<string, string> = {
    gateway: '4000',
    organizations: '4001',
    campaigns: '4002',
    recognitions: '4003',
  };
  const portOf = (name: string) => ports.get(PORTS[name] ?? '');
  /** As the image's user, where the tests may do that and the folder is made for it. */
  const [uid, gid] = image.user.split(':').map(Number);
  const asUser = root !== project && process.getuid?.() === 0 ? { uid, gid } : {};
  const start = (command: readonly string[], env: NodeJS.ProcessEnv) =>
    spawn(process.execPath, command.slice(1), { cwd: root, env, stdio: 'pipe', ...asUser });

  const isHealthy = async (name: string, service: ComposeService) => {
    const [, ...command] = service.healthcheck?.test ?? ['CMD', ...image.healthcheck];
    const check = start(command.map(here), { PORT: String(portOf(name)) });
    const [code] = (await once(check, 'exit')) as [number];
    return code === 0;
  };
  const untilHealthy = async (name: string, service: ComposeService) => {
    while (!(await isHealthy(name, service))) {
      const ended = running.get(name)?.exitCode;
      if (typeof ended === 'number') throw new Error(`${name} ended: ${printed.get(name)}`);
    }
  };

  beforeAll(async () => {
    for (const port of Object.values(PORTS)) ports.set(port, await freePort());
    const waiting = new Map(own);
    while (waiting.size) {
      const next = [...waiting].filter(([, { depends_on: others }]) =>
        Object.keys(others).every((other) => !waiting.has(other)),
      );
      await Promise.all(
        next.map(async ([name, service]) => {
          const [program, ...command] = service.command ?? [];
          expect(program).toBe('node');
          const child = start(['node', ...command], environmentOf(name, service));
          for (const stream of [child.stdout, child.stderr]) {
            stream?.on('data', (text: Buffer) =>
              printed.set(name, `${printed.get(name) ?? ''}${text.toString()}`),
            );
          }
          running.set(name, child);
          expect(await isHealthy(name, service)).toBe(false);
          await untilHealthy(name, service);
          waiting.delete(name);
        }),
      );
    }
  });

  afterAll(async () => {
    for (const child of running.values()) child.kill('SIGKILL');
    await withClient(mongodbUri, async (client) => {
      for (const name of Object.keys(PORTS)) {
        await client.db(`${databasePrefix}${name}`).dropDatabase();
      }
    });
  });

  it('answer a question to all of them', async () => {
    const answer = await post(
      `http://127.0.0.1:${portOf('gateway')}/graphql`,
      `{ organization(id: "org-hoi-nct-viet-nam") { name { vi } campaigns { totalCount } recognitionsReceived { totalCount } } }`,
    );
    expect(answer).toEqual({
      data: {
        organization: {
          name: { vi: expect.stringContaining('Người cao tuổi') as string },
          campaigns: { totalCount: expect.any(Number) as number },
          recognitionsReceived: { totalCount: expect.any(Number) as number },
        },
      },
    });
  });

  it('subgraphs answer nobody but the gateway', async () => {
    for (const [name] of own.filter(([each]) => each !== 'gateway')) {
      const response = await fetch(`http://127.0.0.1:${portOf(name)}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      });
      expect(response.status, name).toBe(401);
    }
  });

  it('end on SIGTERM with exit code 0, in whatever order', async () => {
    const codes = await Promise.all(
      [...running.values()].map(async (child) => {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        return (await ended) as [number | null, string | null];
      }),
    );
    expect(codes).toEqual(own.map(() => [0, null]));
  });
});

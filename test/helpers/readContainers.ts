import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const strings = z.array(z.string());
const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  user: z.string().optional(),
  command: strings.optional(),
  environment: z.record(z.string(), z.string()),
  ports: strings.default([]),
  networks: strings,
  volumes: strings.default([]),
  tmpfs: strings,
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: strings }).optional(),
  restart: z.string(),
  read_only: z.boolean(),
  cap_drop: strings,
  security_opt: strings,
  pids_limit: z.number(),
  mem_limit: z.string(),
  stop_grace_period: z.string(),
});
const compose = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
});

export type Compose = z.output<typeof compose>;
export type ComposeService = z.output<typeof service>;

/**
 * Reads `compose.yaml` as Compose does, with the values of a file `.env` put in.
 * @throws what Compose would say of a value that must be given and is not.
 */
export function readCompose(root: string, env: Readonly<Record<string, string>>): Compose {
  const written: unknown = parse(readFileSync(join(root, 'compose.yaml'), 'utf8'), { merge: true });
  const filled = JSON.parse(
    JSON.stringify(written, (_key, value: unknown) =>
      typeof value === 'string' ? fillIn(value, env) : value,
    ),
  ) as unknown;
  return compose.parse(filled);
}

const fillIn = (text: string, env: Readonly<Record<string, string>>) =>
  text.replaceAll(
    /\$(?:(\$)|\{(\w+)(?:(:[?-])([^}]*))?\})/g,
    (_whole, dollar: string | undefined, name: string, operator = '', rest: string = '') => {
      if (dollar) return dollar;
      const value = env[name];
      if (value) return value;
      if (operator === ':?') throw new Error(`required variable ${name} is missing: ${rest}`);
      return rest;
    },
  );

export interface Image {
  env: Readonly<Record<string, string>>;
  user: string;
  command: string[];
  healthcheck: string[];
}

/** Reads what the last stage of the Dockerfile says of containers. */
export function readImage(root: string): Image {
  const [last = ''] = readFileSync(join(root, 'Dockerfile'), 'utf8')
    .split(/^FROM /m)
    .slice(-1);
  const find = (pattern: RegExp) => pattern.exec(last)?.[1] ?? '';
  return {
    env: Object.fromEntries(
      [...last.matchAll(/^ENV (\w+)=(\S+)$/gm)].map(([, name = '', value]) => [name, value ?? '']),
    ),
    user: find(/^USER (.+)$/m),
    command: strings.parse(JSON.parse(find(/^CMD (.+)$/m))),
    healthcheck: strings.parse(JSON.parse(find(/^HEALTHCHECK .*CMD (.+)$/m))),
  };
}

import { isIP } from 'node:net';
import { z } from 'zod';
import { metricsSettings } from './seen/metricsSettings.ts';
import { tracingSettings } from './seen/tracingSettings.ts';
import { UserError } from './UserError.ts';

/** How much is written to the log, from least to most. */
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting that is a whole number. */
export const wholeNumber = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= from && value <= to, { error });
};

/** A setting that is a port; 0 is any free one. */
export const port = () => wholeNumber(0, 65_535);

/** A setting that is on or off. */
export const flag = () =>
  z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .transform((text) => text === 'true');

/** The proxies that are believed about whose requests they pass on: addresses, networks, or their usual names. */
const proxies = z.string().transform((text, { issues }) => {
  const list = text
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean);
  for (const proxy of list.filter((each) => !isNetwork(each))) {
    issues.push({
      code: 'custom',
      input: proxy,
      message: `"${proxy}" is no address such as 10.0.0.1, no network such as 10.0.0.0/8, and none of ${NETWORKS.join(', ')}`,
    });
  }
  return list;
});

const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

function isNetwork(text: string) {
  const [address = '', length, ...more] = text.split('/');
  const version = isIP(address);
  if (!version) return NETWORKS.includes(text);
  if (length === undefined) return true;
  return !more.length && /^\d+$/.test(length) && Number(length) <= (version === 4 ? 32 : 128);
}

/** Settings of every server. */
export const serverSettings = {
  HOST: z.string().default('127.0.0.1'),
  INTROSPECTION: flag().default(true),
  BODY_LIMIT_KB: wholeNumber(1, 102_400).default(256),
  TRUST_PROXY: proxies.default([]),
  ...metricsSettings,
  ...tracingSettings,
  ACCESS_LOG: flag().default(false),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
};

/**
 * Reads settings from the environment; an empty variable counts as not set.
 * @throws UserError that names every wrong setting and what it may be.
 */
export function readSettings<TSettings extends z.ZodType>(
  settings: TSettings,
  env: Record<string, string | undefined>,
): z.output<TSettings> {
  const given = Object.entries(env).filter(([, value]) => value?.trim());
  const { data, error } = settings.safeParse(Object.fromEntries(given));
  if (!error) return data;
  const lines = error.issues.map(({ path, message }) => {
    const name = path.join('.');
    // What is secret must not end up in a log.
    return `${name}=${name.endsWith('_SECRET') ? '…' : env[name]} ${message}`;
  });
  throw new UserError('these settings are wrong:', lines);
}

import { z } from 'zod';
import { UserError } from './UserError.ts';

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const wholeNumber = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= from && value <= to, { error });
};

const port = () => wholeNumber(0, 65_535);

const environment = z.object({
  MONGODB_URI: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,30}$/, 'must be at most 30 letters, digits, - or _')
    .default(''),
  HOST: z.string().default('127.0.0.1'),
  ORGANIZATIONS_PORT: port().default(4001),
  CAMPAIGNS_PORT: port().default(4002),
  RECOGNITIONS_PORT: port().default(4003),
  INTROSPECTION: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .default(true),
  BODY_LIMIT_KB: wholeNumber(1, 102_400).default(256),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

const configSchema = environment.transform((settings) => ({
  mongodbUri: settings.MONGODB_URI,
  dataDir: settings.DATA_DIR,
  databasePrefix: settings.DATABASE_PREFIX,
  host: settings.HOST,
  subgraphPorts: {
    organizations: settings.ORGANIZATIONS_PORT,
    campaigns: settings.CAMPAIGNS_PORT,
    recognitions: settings.RECOGNITIONS_PORT,
  },
  introspection: settings.INTROSPECTION,
  bodyLimitKb: settings.BODY_LIMIT_KB,
  logLevel: settings.LOG_LEVEL,
}));

/** The settings of the database and of the subgraphs. */
export type Config = z.infer<typeof configSchema>;

/**
 * Reads the settings; one that is empty counts as not set.
 * @throws UserError that names every setting that is wrong, and what it may be.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.entries(env).filter(([, value]) => value?.trim());
  const { data, error } = configSchema.safeParse(Object.fromEntries(given));
  if (!error) return data;
  const lines = error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `${name}=${env[name]} ${message}`;
  });
  throw new UserError('these settings are wrong:', lines);
}

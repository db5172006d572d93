import { existsSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from './UserError.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = (preset: number) =>
  z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number, 0 for any free one')
    .max(65_535, 'must be a port number, 65535 at most')
    .default(preset);

const settings = z.object({
  MONGODB_URI: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,30}$/, 'must be at most 30 letters, digits, - or _')
    .default(''),
  HOST: z.string().default('127.0.0.1'),
  ORGANIZATIONS_PORT: port(4001),
  CAMPAIGNS_PORT: port(4002),
  RECOGNITIONS_PORT: port(4003),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

const configSchema = settings.transform((values) => ({
  mongodbUri: values.MONGODB_URI,
  dataDir: values.DATA_DIR,
  databasePrefix: values.DATABASE_PREFIX,
  host: values.HOST,
  subgraphPorts: {
    organizations: values.ORGANIZATIONS_PORT,
    campaigns: values.CAMPAIGNS_PORT,
    recognitions: values.RECOGNITIONS_PORT,
  },
  logLevel: values.LOG_LEVEL,
}));

/** The settings of the database and of the processes. */
export type Config = z.infer<typeof configSchema>;

/** Takes the settings of `.env` into the environment, if there is such a file; what is set already stays. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * Reads the settings; one that is empty counts as not set.
 * @throws UserError that names every setting that is wrong.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.entries(env).filter(([, value]) => value?.trim());
  const result = configSchema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  throw new UserError(
    'the settings are wrong:',
    result.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name}=${env[name]} ${message}`;
    }),
  );
}

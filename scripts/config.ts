import { z } from 'zod';
import { gatewaySettings, toGatewayConfig } from '../gateway/config.ts';
import { toAuthenticationConfig } from '../subgraphs/shared/authentication/authenticationSettings.ts';
import { toLimits } from '../subgraphs/shared/limits/limitSettings.ts';
import { databaseSettings, toDatabaseLimits } from '../subgraphs/shared/databaseSettings.ts';
import { toLoadConfig } from '../subgraphs/shared/load/loadSettings.ts';
import { port, readSettings, wholeNumber } from '../subgraphs/shared/settings.ts';
import { workerSettings } from './workers/workerSettings.ts';

const environment = z.object({
  MONGODB_URI: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,30}$/, 'must be at most 30 letters, digits, - or _')
    .default(''),
  ORGANIZATIONS_PORT: port().default(4001),
  CAMPAIGNS_PORT: port().default(4002),
  RECOGNITIONS_PORT: port().default(4003),
  ORGANIZATIONS_URL: z.url().default('http://127.0.0.1:4001/graphql'),
  CAMPAIGNS_URL: z.url().default('http://127.0.0.1:4002/graphql'),
  DIRECTORY_ROWS: wholeNumber(0, 1_000_000).default(20_000),
  ...databaseSettings,
  ...gatewaySettings,
  ...workerSettings,
});

const configSchema = environment.transform((settings) => ({
  mongodbUri: settings.MONGODB_URI,
  dataDir: settings.DATA_DIR,
  databasePrefix: settings.DATABASE_PREFIX,
  directoryRows: settings.DIRECTORY_ROWS,
  databaseLimits: toDatabaseLimits(settings),
  host: settings.HOST,
  subgraphPorts: {
    organizations: settings.ORGANIZATIONS_PORT,
    campaigns: settings.CAMPAIGNS_PORT,
    recognitions: settings.RECOGNITIONS_PORT,
  },
  subgraphUrls: {
    organizations: settings.ORGANIZATIONS_URL,
    campaigns: settings.CAMPAIGNS_URL,
  },
  introspection: settings.INTROSPECTION,
  bodyLimitKb: settings.BODY_LIMIT_KB,
  limits: toLimits(settings),
  trustProxy: settings.TRUST_PROXY,
  load: toLoadConfig(settings),
  metricsAccess: settings.METRICS,
  workers: settings.GATEWAY_WORKERS,
  logLevel: settings.LOG_LEVEL,
  accessLog: settings.ACCESS_LOG,
  authentication: toAuthenticationConfig(settings),
  gateway: toGatewayConfig(settings),
}));

/** The settings of all parts. */
export type Config = z.output<typeof configSchema>;

/**
 * Reads the settings; one that is empty counts as not set.
 * @throws UserError that names every setting that is wrong, and what it may be.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => readSettings(configSchema, env);

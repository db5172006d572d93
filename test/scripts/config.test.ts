import { expect, it } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { DEFAULT_LOAD } from '../../subgraphs/shared/load/loadSettings.ts';
import { DEFAULT_LIMITS } from '../../subgraphs/shared/limits/limitSettings.ts';
import { readConfig } from '../../scripts/config.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';

it('has a default for every setting, for an empty one too', () => {
  const defaults = {
    mongodbUri: undefined,
    dataDir: '.data',
    databasePrefix: '',
    directoryRows: 20_000,
    databaseLimits: { poolSize: 50, timeoutMs: 5_000, selectionTimeoutMs: 3_000 },
    host: '127.0.0.1',
    subgraphPorts: { organizations: 4001, campaigns: 4002, recognitions: 4003 },
    subgraphUrls: {
      organizations: 'http://127.0.0.1:4001/graphql',
      campaigns: 'http://127.0.0.1:4002/graphql',
    },
    introspection: true,
    bodyLimitKb: 256,
    limits: DEFAULT_LIMITS,
    load: DEFAULT_LOAD,
    workers: 1,
    trustProxy: [],
    accessLog: false,
    logLevel: 'info',
    metricsAccess: 'local',
    authentication: readGatewayConfig({}).authentication,
    gateway: readGatewayConfig({}),
  };
  expect(readConfig({})).toEqual(defaults);
  expect(readConfig({ MONGODB_URI: '', DATA_DIR: ' ', CAMPAIGNS_PORT: '' })).toEqual(defaults);
});

it('names every wrong setting in one error', () => {
  const read = () =>
    readConfig({
      ORGANIZATIONS_PORT: 'four thousand',
      CAMPAIGNS_PORT: '70000',
      RECOGNITIONS_PORT: '-1',
      DATABASE_PREFIX: 'a.b',
      INTROSPECTION: 'yes',
      DIRECTORY_ROWS: 'all',
      BODY_LIMIT_KB: '0',
      LOG_LEVEL: 'loud',
      GATEWAY_WORKERS: '0',
    });
  expect(read).toThrow(UserError);
  expect(read).toThrow(
    expect.objectContaining({
      hints: [
        'DATABASE_PREFIX=a.b must be at most 30 letters, digits, - or _',
        'ORGANIZATIONS_PORT=four thousand must be a whole number from 0 to 65535',
        'CAMPAIGNS_PORT=70000 must be a whole number from 0 to 65535',
        'RECOGNITIONS_PORT=-1 must be a whole number from 0 to 65535',
        'DIRECTORY_ROWS=all must be a whole number from 0 to 1000000',
        'INTROSPECTION=yes must be true or false',
        'BODY_LIMIT_KB=0 must be a whole number from 1 to 102400',
        'LOG_LEVEL=loud must be one of silent, fatal, error, warn, info, debug, trace',
        'GATEWAY_WORKERS=0 must be auto, or a whole number from 1 to 256',
      ],
    }),
  );
});

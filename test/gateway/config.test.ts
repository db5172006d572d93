import { expect, test } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { DEFAULT_LIMITS } from '../../subgraphs/shared/limits/limitSettings.ts';
import { DEFAULT_LOAD } from '../../subgraphs/shared/load/loadSettings.ts';

const authentication = {
  keysFile: '.data/keys.json',
  publicReading: true,
  requireVoucher: false,
  rates: { requestsPerS: 200, burstS: 10, sparesLoopback: true, wrongKeysPerMinute: 60 },
};

test('every setting has a default', () => {
  expect(readGatewayConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4000,
    supergraphFile: 'schema/supergraph.graphql',
    lastGoodDir: '.data/supergraphs',
    operationsDir: 'schema/operations',
    introspection: true,
    queryPlans: 'local',
    authentication,
    forwardHeaders: [],
    corsOrigins: [],
    landingPage: true,
    pagesDir: 'dist/pages',
    executor: 'compiled',
    coalesce: true,
    limits: DEFAULT_LIMITS,
    load: DEFAULT_LOAD,
    metricsAccess: 'local',
    bodyLimitKb: 256,
    trustProxy: [],
    cost: {
      limit: 1_000_000,
      listSize: 10,
      bucket: { capacity: 2_000_000, restorePerS: 100_000, sparesLoopback: true },
      report: 'asked',
    },
    documents: {
      mode: 'off',
      manifests: ['schema/trusted-documents.json'],
      registeredKb: 512,
    },
    responses: { maxBytes: 16 * 1024 * 1024, defaultAgeS: 0 },
    subgraphTimeoutMs: 10_000,
    subgraphResponseLimitMb: 16,
    answerLimitMb: 64,
    transport: {
      operationTimeoutMs: 30_000,
      tries: 4,
      breakerFailures: 5,
      breakerPauseMs: 1_000,
      concurrency: 256,
      queue: 1_000,
      bytesInFlight: 256 * 1024 * 1024,
      urls: {},
    },
    accessLog: false,
    logLevel: 'info',
  });
});

test('an empty variable counts as unset', () => {
  expect(readGatewayConfig({ PORT: '', CORS_ORIGINS: ' ', INTROSPECTION: '' })).toEqual(
    readGatewayConfig({}),
  );
});

const secret = 'a secret of at least thirty-two bytes';

test('settings come from the environment', () => {
  const env = {
    HOST: '::1',
    METRICS: 'key',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    PORT: '0',
    SUPERGRAPH_FILE: 'other.graphql',
    OPERATIONS_DIR: 'operations',
    INTROSPECTION: 'false',
    QUERY_PLANS: 'true',
    PUBLIC_READING: 'false',
    KEYS_FILE: 'keys.json',
    JWT_ISSUER: 'https://login.example',
    JWT_AUDIENCE: 'antq',
    JWT_JWKS: 'https://login.example/jwks',
    JWT_LEEWAY_S: '0',
    JWT_ROLES_CLAIM: 'realm_access.roles',
    VOUCH_SECRET: secret,
    REQUIRE_VOUCHER: 'true',
    FORWARD_HEADERS: 'X-Request-Id, accept-language,',
    CORS_ORIGINS: 'https://a.example, http://localhost:3000,',
    LANDING_PAGE: 'false',
    PAGES_DIR: 'pages',
    GATEWAY_EXECUTOR: 'apollo',
    LAST_GOOD_DIR: 'good',
    COALESCE: 'false',
    LIMIT_DEPTH: '9',
    MAX_QUEUED_REQUESTS: '0',
    SHUTDOWN_DELAY_MS: '600000',
    BODY_LIMIT_KB: '1',
    TRUST_PROXY: 'loopback, 10.0.0.0/8',
    RATE_LIMIT_PER_S: '7',
    RATE_LIMIT_BURST_S: '2',
    WRONG_KEYS_PER_MINUTE: '0',
    COST_LIMIT: '50',
    COST_LIST_SIZE: '3',
    COST_BUCKET: '60',
    COST_RESTORE_PER_S: '4',
    COST_REPORT: 'always',
    TRUSTED_DOCUMENTS: 'enforce',
    TRUSTED_DOCUMENTS_FILE: 'a.json, b.json,',
    APQ: 'false',
    RESPONSE_CACHE_MB: '2',
    RESPONSE_CACHE_DEFAULT_S: '30',
    SUBGRAPH_TIMEOUT_MS: '600000',
    SUBGRAPH_URLS: 'a=http://a:1/graphql, b-c = https://b.example/?x=y,',
    SUBGRAPH_RESPONSE_LIMIT_MB: '1000',
    ANSWER_LIMIT_MB: '400',
    LOG_LEVEL: 'silent',
  };
  expect(readGatewayConfig(env)).toEqual({
    host: '::1',
    port: 0,
    supergraphFile: 'other.graphql',
    lastGoodDir: 'good',
    operationsDir: 'operations',
    introspection: false,
    queryPlans: 'all',
    authentication: {
      keysFile: 'keys.json',
      publicReading: false,
      token: {
        issuer: 'https://login.example',
        audience: 'antq',
        jwks: 'https://login.example/jwks',
        leewayS: 0,
        claims: { agency: 'agency', roles: 'realm_access.roles', scope: 'scope' },
      },
      vouchSecret: secret,
      requireVoucher: true,
      rates: { requestsPerS: 7, burstS: 2, sparesLoopback: false },
    },
    forwardHeaders: ['x-request-id', 'accept-language'],
    corsOrigins: ['https://a.example', 'http://localhost:3000'],
    landingPage: false,
    pagesDir: 'pages',
    executor: 'apollo',
    coalesce: false,
    load: { ...DEFAULT_LOAD, queuedRequests: 0, shutdownDelayMs: 600_000 },
    metricsAccess: 'key',
    tracesEndpoint: 'http://127.0.0.1:4318',
    limits: { ...DEFAULT_LIMITS, LIMIT_DEPTH: 9 },
    bodyLimitKb: 1,
    trustProxy: ['loopback', '10.0.0.0/8'],
    cost: {
      limit: 50,
      listSize: 3,
      bucket: { capacity: 60, restorePerS: 4, sparesLoopback: false },
      report: 'always',
    },
    documents: { mode: 'enforce', manifests: ['a.json', 'b.json'], registeredKb: undefined },
    responses: { maxBytes: 2 * 1024 * 1024, defaultAgeS: 30 },
    subgraphTimeoutMs: 600_000,
    subgraphResponseLimitMb: 1_000,
    answerLimitMb: 400,
    transport: {
      ...readGatewayConfig({}).transport,
      operationTimeoutMs: 600_000,
      urls: { a: 'http://a:1/graphql', 'b-c': 'https://b.example/?x=y' },
    },
    accessLog: false,
    logLevel: 'silent',
  });
});

test('all wrong settings are told at once, with what they may be', () => {
  const env = {
    PORT: '70000',
    INTROSPECTION: 'yes',
    CORS_ORIGINS: 'https://a.example/,example.org,*',
    BODY_LIMIT_KB: '1.5',
    SUBGRAPH_TIMEOUT_MS: '-1',
    LOG_LEVEL: 'loud',
  };
  expect(() => readGatewayConfig(env)).toThrow(
    expect.objectContaining({
      message: 'these settings are wrong:',
      hints: [
        'INTROSPECTION=yes must be true or false',
        'BODY_LIMIT_KB=1.5 must be a whole number from 1 to 102400',
        'LOG_LEVEL=loud must be one of silent, fatal, error, warn, info, debug, trace',
        'PORT=70000 must be a whole number from 0 to 65535',
        'CORS_ORIGINS=https://a.example/,example.org,* "https://a.example/" is not an origin such as https://example.org, nor *',
        'CORS_ORIGINS=https://a.example/,example.org,* "example.org" is not an origin such as https://example.org, nor *',
        'SUBGRAPH_TIMEOUT_MS=-1 must be a whole number from 1 to 600000',
      ],
    }),
  );
});

test('a secret that is too short is not shown; headers that may not pass are told', () => {
  const env = { VOUCH_SECRET: 'short', FORWARD_HEADERS: 'antq-viewer,connection,a b,cookie' };
  expect(() => readGatewayConfig(env)).toThrow(
    expect.objectContaining({
      hints: [
        'VOUCH_SECRET=… must be at least 32 bytes long: make one with "openssl rand -base64 48"',
        'FORWARD_HEADERS=antq-viewer,connection,a b,cookie "antq-viewer" is no header of a client that may be passed on',
        'FORWARD_HEADERS=antq-viewer,connection,a b,cookie "connection" is no header of a client that may be passed on',
        'FORWARD_HEADERS=antq-viewer,connection,a b,cookie "a b" is no header of a client that may be passed on',
      ],
    }),
  );
});

test('settings that need each other are asked for together', () => {
  expect(() => readGatewayConfig({ JWT_ISSUER: 'https://login.example' })).toThrow(/go together/);
  expect(() => readGatewayConfig({ REQUIRE_VOUCHER: 'true' })).toThrow(/needs a VOUCH_SECRET/);
  expect(() => readGatewayConfig({ COST_BUCKET: '5' })).toThrow(
    /must hold at least one operation: set it to COST_LIMIT \(1000000\) or more/,
  );
});

test('nothing is taken for a proxy that is none', () => {
  expect(() => readGatewayConfig({ TRUST_PROXY: '10.0.0.0/33, true, ::1, loopback' })).toThrow(
    expect.objectContaining({
      hints: [
        'TRUST_PROXY=10.0.0.0/33, true, ::1, loopback "10.0.0.0/33" is no address such as 10.0.0.1, no network such as 10.0.0.0/8, and none of loopback, linklocal, uniquelocal',
        expect.stringMatching(/"true" is no address/),
      ],
    }),
  );
});

import { z } from 'zod';
import {
  authenticationSettings,
  toAuthenticationConfig,
  type AuthenticationConfig,
} from '../subgraphs/shared/authentication/authenticationSettings.ts';
import type { HttpServerSettings } from '../subgraphs/shared/http/createHttpServer.ts';
import { limitSettings, toLimits, type Limits } from '../subgraphs/shared/limits/limitSettings.ts';
import {
  loadSettings,
  toLoadConfig,
  type LoadConfig,
} from '../subgraphs/shared/load/loadSettings.ts';
import type { MetricsAccess } from '../subgraphs/shared/seen/metricsSettings.ts';
import {
  flag,
  port,
  readSettings,
  serverSettings,
  wholeNumber,
} from '../subgraphs/shared/settings.ts';
import { costSettings, toCostConfig, type CostConfig } from './policy/cost/costSettings.ts';
import {
  documentSettings,
  toDocumentConfig,
  type DocumentConfig,
} from './policy/documents/documentSettings.ts';
import {
  responseSettings,
  toResponseConfig,
  type ResponseConfig,
} from './policy/responses/responseSettings.ts';
import { mayBeForwarded } from './policy/forwardedHeaders.ts';
import {
  toTransportConfig,
  transportSettings,
  type TransportConfig,
} from './transport/transportSettings.ts';

/** The gateway's settings. None of them follows from NODE_ENV. */
export interface GatewayConfig extends HttpServerSettings {
  host: string;
  port: number;
  supergraphFile: string;
  /** A folder for copies of good supergraphs: one is served at a start at which the file holds none. */
  lastGoodDir: string;
  /** A folder of saved operations, which are planned and compiled at start. */
  operationsDir: string;
  /** Whether clients may read the schema; when not, errors do not hint at it either. */
  introspection: boolean;
  /**
   * Who, sending the header `Apollo-Query-Plan-Experimental: 1`, finds the query plan in
   * `extensions.__queryPlanExperimental` of the answer, and how it went in `extensions.planSteps`: everybody, who asks
   * from this machine, or nobody.
   */
  queryPlans: 'all' | 'local' | 'off';
  /** The origins whose pages may read answers; `*` stands for any. */
  corsOrigins: string[];
  authentication: AuthenticationConfig;
  /** The headers of clients that are passed on to subgraphs over HTTP. */
  forwardHeaders: string[];
  /** Whether people who come with a browser find pages. */
  landingPage: boolean;
  /** The folder of pages that `npm run build` makes. */
  pagesDir: string;
  /** Who carries out plans: our own executor, or Apollo's for comparison. */
  executor: 'compiled' | 'apollo';
  /** Whether equal queries that are under way at the same time are carried out once for all who ask. */
  coalesce: boolean;
  /** How much one request may hold. */
  limits: Limits;
  /** What operations may cost. */
  cost: CostConfig;
  /** Which documents may be carried out, and which have ids. */
  documents: DocumentConfig;
  /** Which answers are kept. */
  responses: ResponseConfig;
  load: LoadConfig;
  metricsAccess: MetricsAccess;
  /** Where traces are sent to, if anywhere. */
  tracesEndpoint: string | undefined;
  /** How long a subgraph may take for one fetch. */
  subgraphTimeoutMs: number;
  /** Longer answers of a subgraph over HTTP are refused. */
  subgraphResponseLimitMb: number;
  /** Longer answers to clients are refused. */
  answerLimitMb: number;
  transport: TransportConfig;
}

/** A setting that is a list with commas; `fault` says what is wrong with one of its items. */
const list = (fault: (item: string) => string | undefined) =>
  z.string().transform((text, { issues }) => {
    const items = text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
    for (const input of items) {
      const message = fault(input);
      if (message) issues.push({ code: 'custom', input, message });
    }
    return items;
  });

const origins = list((origin) =>
  origin === '*' || isOrigin(origin)
    ? undefined
    : `"${origin}" is not an origin such as https://example.org, nor *`,
);

const headerNames = list((name) =>
  mayBeForwarded(name.toLowerCase())
    ? undefined
    : `"${name}" is no header of a client that may be passed on`,
).transform((names) => names.map((name) => name.toLowerCase()));

/** The gateway's settings by the names that they have in the environment. */
export const gatewaySettings = {
  ...serverSettings,
  ...authenticationSettings,
  ...limitSettings,
  ...costSettings,
  ...documentSettings,
  ...responseSettings,
  ...transportSettings,
  ...loadSettings,
  PORT: port().default(4000),
  SUPERGRAPH_FILE: z.string().default('schema/supergraph.graphql'),
  LAST_GOOD_DIR: z.string().default('.data/supergraphs'),
  OPERATIONS_DIR: z.string().default('schema/operations'),
  QUERY_PLANS: z
    .enum(['true', 'false', 'local'], { error: 'must be true, false or local' })
    .default('local')
    .transform((text) => (({ true: 'all', local: 'local', false: 'off' }) as const)[text]),
  CORS_ORIGINS: origins.default([]),
  FORWARD_HEADERS: headerNames.default([]),
  LANDING_PAGE: flag().default(true),
  PAGES_DIR: z.string().default('dist/pages'),
  GATEWAY_EXECUTOR: z
    .enum(['compiled', 'apollo'], { error: 'must be compiled or apollo' })
    .default('compiled'),
  COALESCE: flag().default(true),
  SUBGRAPH_TIMEOUT_MS: wholeNumber(1, 600_000).default(10_000),
  SUBGRAPH_RESPONSE_LIMIT_MB: wholeNumber(1, 1_000).default(16),
  // More than 512 MB no text can hold.
  ANSWER_LIMIT_MB: wholeNumber(1, 400).default(64),
};

const environment = z.object(gatewaySettings);

/** The gateway's settings, from values that were checked. */
export function toGatewayConfig(settings: z.output<typeof environment>): GatewayConfig {
  return {
    host: settings.HOST,
    port: settings.PORT,
    supergraphFile: settings.SUPERGRAPH_FILE,
    lastGoodDir: settings.LAST_GOOD_DIR,
    operationsDir: settings.OPERATIONS_DIR,
    introspection: settings.INTROSPECTION,
    queryPlans: settings.QUERY_PLANS,
    corsOrigins: settings.CORS_ORIGINS,
    authentication: toAuthenticationConfig(settings),
    forwardHeaders: settings.FORWARD_HEADERS,
    landingPage: settings.LANDING_PAGE,
    pagesDir: settings.PAGES_DIR,
    executor: settings.GATEWAY_EXECUTOR,
    bodyLimitKb: settings.BODY_LIMIT_KB,
    trustProxy: settings.TRUST_PROXY,
    cost: toCostConfig(settings),
    documents: toDocumentConfig(settings),
    responses: toResponseConfig(settings),
    coalesce: settings.COALESCE,
    limits: toLimits(settings),
    load: toLoadConfig(settings),
    metricsAccess: settings.METRICS,
    tracesEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    subgraphTimeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    subgraphResponseLimitMb: settings.SUBGRAPH_RESPONSE_LIMIT_MB,
    answerLimitMb: settings.ANSWER_LIMIT_MB,
    transport: toTransportConfig(settings),
    logLevel: settings.LOG_LEVEL,
    accessLog: settings.ACCESS_LOG,
  };
}

/**
 * The gateway's settings, from the environment; an empty variable counts as not set.
 * @throws UserError that names every wrong setting and what it may be.
 */
export const readGatewayConfig = (env: Record<string, string | undefined>): GatewayConfig =>
  toGatewayConfig(readSettings(environment, env));

function isOrigin(text: string) {
  return URL.canParse(text) && new URL(text).origin === text;
}

import { z } from 'zod';
import type { HttpServerSettings } from '../subgraphs/shared/graphqlServer.ts';

/** The gateway's settings. None of them follows from NODE_ENV. */
export interface GatewayConfig extends HttpServerSettings {
  host: string;
  port: number;
  supergraphFile: string;
  /** Whether clients may read the schema; when not, errors do not hint at it either. */
  introspection: boolean;
  /**
   * Whether a client that sends the header `Apollo-Query-Plan-Experimental: 1` finds the query plan
   * in `extensions.__queryPlanExperimental` of its answer.
   */
  queryPlans: boolean;
  /** The origins whose pages may read answers; `*` stands for any. */
  corsOrigins: string[];
  landingPage: boolean;
  /** How long a subgraph may take for one fetch. */
  subgraphTimeoutMs: number;
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const wholeNumber = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= from && value <= to, { error });
};

const flag = () =>
  z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .transform((text) => text === 'true');

const origins = z.string().transform((text, { issues }) => {
  const list = text
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
  for (const origin of list.filter((origin) => origin !== '*' && !isOrigin(origin))) {
    issues.push({
      code: 'custom',
      input: origin,
      message: `"${origin}" is not an origin such as https://example.org, nor *`,
    });
  }
  return list;
});

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4000),
  SUPERGRAPH_FILE: z.string().default('schema/supergraph.graphql'),
  INTROSPECTION: flag().default(true),
  QUERY_PLANS: flag().default(false),
  CORS_ORIGINS: origins.default([]),
  LANDING_PAGE: flag().default(true),
  BODY_LIMIT_KB: wholeNumber(1, 102_400).default(256),
  SUBGRAPH_TIMEOUT_MS: wholeNumber(1, 600_000).default(10_000),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

/**
 * The gateway's settings, from the environment; an empty variable counts as unset.
 * Throws one error that names every wrong setting and what it may be.
 */
export function readGatewayConfig(env: Record<string, string | undefined>): GatewayConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { data: settings, error } = environment.safeParse(given);
  if (error) {
    const lines = error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`these settings are wrong:\n${lines.join('\n')}`);
  }
  return {
    host: settings.HOST,
    port: settings.PORT,
    supergraphFile: settings.SUPERGRAPH_FILE,
    introspection: settings.INTROSPECTION,
    queryPlans: settings.QUERY_PLANS,
    corsOrigins: settings.CORS_ORIGINS,
    landingPage: settings.LANDING_PAGE,
    bodyLimitKb: settings.BODY_LIMIT_KB,
    subgraphTimeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    logLevel: settings.LOG_LEVEL,
  };
}

function isOrigin(text: string) {
  return URL.canParse(text) && new URL(text).origin === text;
}

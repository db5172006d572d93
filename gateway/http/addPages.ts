import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { printSchema, type GraphQLSchema } from 'graphql';
import { GRAPHQL_PATH } from '../../subgraphs/shared/http/serveGraphQL.ts';
import { describeOwners } from '../supergraph/describeOwners.ts';
import type { Supergraph } from '../supergraph/readSupergraph.ts';
import { exampleQuery } from './exampleQuery.ts';
import { sendLandingPage } from './sendLandingPage.ts';

export interface PagesSettings {
  /** Whether people who come with a browser find pages. */
  landingPage: boolean;
  introspection: boolean;
  /** The folder of pages that `npm run build` makes. */
  pagesDir: string;
  /** What clients see of the graph. */
  schema(): GraphQLSchema;
  /** Which subgraphs it is made of. */
  supergraph(): Supergraph;
}

/**
 * What pages with scripts may do: load from here alone, and ask here alone. The editor and the charts write styles
 * of their own.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves what a person finds who comes with a browser: the explorer at `/` (a plain page where the explorer was not
 * built, or could not read the schema), the dashboard at `/dashboard`, `/schema.graphql`, and at `/owners.json`
 * which subgraph gives what.
 */
export async function addPages(
  app: FastifyInstance,
  { landingPage: hasPages, introspection, pagesDir, schema, supergraph }: PagesSettings,
): Promise<void> {
  if (introspection) {
    app.get('/schema.graphql', async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(printSchema(schema())),
    );
    app.get('/owners.json', async (_request, reply) =>
      reply.header('cache-control', 'no-cache').send(describeOwners(schema(), supergraph())),
    );
  }
  if (!hasPages) return;

  const page = (name: string) =>
    readFile(join(pagesDir, `${name}.html`), 'utf8').catch(() => undefined);
  const [explorer, dashboard] = await Promise.all([page('explorer'), page('dashboard')]);
  if (explorer !== undefined) {
    await app.register(fastifyStatic, {
      root: resolve(pagesDir, 'assets'),
      prefix: '/assets/',
      preCompressed: true,
      // Their names are made of their content.
      immutable: true,
      maxAge: '1y',
      decorateReply: false,
    });
  }
  if (dashboard !== undefined) {
    app.get('/dashboard', async (_request, reply) => sendPage(reply, dashboard));
  }
  app.get('/', async ({ protocol, host }, reply) => {
    if (explorer !== undefined && introspection) return sendPage(reply, explorer);
    return sendLandingPage(app, reply.header('cache-control', 'no-store'), {
      endpoint: `${protocol}://${host}${GRAPHQL_PATH}`,
      query: exampleQuery(schema()),
      showsSchema: introspection,
    });
  });
}

const sendPage = (reply: FastifyReply, html: string) =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .send(html);

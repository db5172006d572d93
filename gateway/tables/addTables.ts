import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { parseOperation } from '../../subgraphs/shared/http/parseOperation.ts';
import type { RequestPolicy } from '../../subgraphs/shared/http/RequestPolicy.ts';
import { formatErrors, type FormatError } from '../../subgraphs/shared/http/writeAnswer.ts';
import { tellHttp } from '../../subgraphs/shared/http/tellHttp.ts';
import { forRequest } from '../../subgraphs/shared/http/tellRequestId.ts';
import type { SavedOperation } from '../operations/SavedOperation.ts';
import { describeTable, describeTables } from './describeTables.ts';
import { findFormat, formats } from './formats/formats.ts';
import type { TableFormat } from './formats/TableFormat.ts';
import { pagesOf, type PageBegin, type TableAnswer } from './pagesOf.ts';
import { readTable } from './readTable.ts';
import { type Table } from './Table.ts';
import { readVariables } from './readVariables.ts';
import { rememberTables } from './rememberTables.ts';
import { sendTable } from './sendTable.ts';
import { tableFault } from './tableFault.ts';
import { tablePath, TABLES_PATH } from './tablePath.ts';
import { sendTablesPage } from './sendTablesPage.ts';
import { writeTable } from './writeTable.ts';

/** Asks the graph for a table, page by page, for whoever sent `request`. */
export type CreateAsk = (
  request: FastifyRequest,
  reply: FastifyReply,
) => {
  ask(document: DocumentNode, variables: Record<string, unknown>): Promise<TableAnswer>;
  /** Aborts when nobody waits for the table any more. */
  signal: AbortSignal;
};

export interface TablesSettings {
  operations: readonly SavedOperation[];
  /** What clients see of the graph. */
  schema(): GraphQLSchema;
  createAsk: CreateAsk;
  /** What is said of requests to GraphQL holds here too. */
  policy: RequestPolicy;
  formatError: FormatError;
}

/**
 * Serves saved operations as tables, `GET /data/<operation>.<format>`, those of a client's own, `POST /data.<format>`,
 * and at `/data` what tables there are.
 */
export function addTables(
  app: FastifyInstance,
  { operations, schema, createAsk, policy, formatError }: TablesSettings,
): void {
  const read = rememberTables();
  const byName = new Map(operations.map((operation) => [operation.name, operation]));

  const refusing =
    (handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        return await handle(request, reply);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        if (reply.raw.headersSent) throw error;
        return answerFault(error, request, reply);
      }
    };
  const answerFault = (error: GraphQLError, request: FastifyRequest, reply: FastifyReply) => {
    const status = tellHttp([error], reply);
    const errors = formatErrors([error], forRequest(formatError, request.id));
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(`${JSON.stringify({ errors })}\n`);
  };
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    wanted: {
      name: string;
      table: Table;
      format: TableFormat;
      variables: Record<string, unknown>;
      first?: number | undefined;
      after?: string | undefined;
    },
  ) => {
    const { table, format, variables, first, after } = wanted;
    const { ask, signal } = createAsk(request, reply);
    const settings = {
      ask,
      variables,
      wait: (seconds: number) => sleep(seconds * 1_000, undefined, { signal }),
    };
    const pages = pagesOf(table, settings, { items: [], after }, first);
    const follow = (begin: PageBegin) => pagesOf(table, settings, begin);
    const describe = (error: unknown) =>
      error instanceof GraphQLError
        ? (formatErrors([error], forRequest(formatError, request.id))[0]?.message ?? '')
        : 'The table could not be finished.';
    const parts = writeTable(table, format, pages, follow, describe);
    return sendTable(request, reply, { ...wanted, parts });
  };

  app.get(TABLES_PATH, async (request, reply) => {
    void reply.header('cache-control', 'no-cache').header('vary', 'accept');
    if (/text\/html/.test(request.headers.accept ?? '')) {
      return sendTablesPage(app, reply, { schema: schema(), operations, read });
    }
    return reply.send(describeTables(schema(), operations, read));
  });
  app.get(
    tablePath(':file'),
    refusing(async (request, reply) => {
      const { file } = request.params as { file: string };
      const [name = '', extension] = splitName(file);
      const operation = byName.get(name);
      const format = extension === undefined ? undefined : findFormat(extension);
      if (!operation || (extension !== undefined && !format)) throw noTable(file, byName);
      const search = searchOf(request);
      const table = read(schema(), operation.document, search.get('provenance') === 'true');
      if (!format) return describeTable(operation, table);
      const { variables, own } = readVariables(schema(), table, search);
      await policy.resolve?.({ variables }, request);
      return send(request, reply, { name, table, format, variables, ...own });
    }),
  );
  for (const format of formats) {
    app.post(
      `${TABLES_PATH}.${format.extension}`,
      refusing(async (request, reply) => {
        const sent = isRecord(request.body) ? request.body : {};
        const parameters = policy.resolve ? await policy.resolve(sent, request) : sent;
        const { query, variables = {} } = parameters;
        if (typeof query !== 'string' || !isRecord(variables ?? {})) {
          throw tableFault(
            'TABLE_PARAMETER',
            'Send JSON with a `query` and, if it has any, `variables`.',
          );
        }
        policy.inspect?.(query, parameters);
        const document = parseOperation(query, schema());
        policy.found?.(document, request);
        const search = searchOf(request);
        const table = readTable(schema(), document, {
          withProvenance: search.get('provenance') === 'true',
        });
        const { own } = readVariables(schema(), { ...table, variables: [] }, search);
        return send(request, reply, {
          name: 'data',
          table,
          format,
          variables: (variables ?? {}) as Record<string, unknown>,
          ...own,
        });
      }),
    );
  }
}

function splitName(file: string): [name: string, extension?: string] {
  const dot = file.indexOf('.');
  return dot < 0 ? [file] : [file.slice(0, dot), file.slice(dot + 1)];
}

const searchOf = (request: FastifyRequest) => new URL(request.url, 'http://localhost').searchParams;

const noTable = (file: string, known: ReadonlyMap<string, unknown>) =>
  tableFault(
    'TABLE_NOT_FOUND',
    `There is no table "${file.slice(0, 100)}": there are ${[...known.keys()].join(', ')}, each as ${formats.map(({ extension }) => `.${extension}`).join(', ')}.`,
    404,
  );

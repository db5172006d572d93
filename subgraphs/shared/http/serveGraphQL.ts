import type { ApolloServer, BaseContext, ContextFunction } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, GraphQLError } from 'graphql';
import { isRecord } from '../isRecord.ts';
import type { LoadState } from '../load/createLoad.ts';
import { DEFAULT_LOAD, type LoadConfig } from '../load/loadSettings.ts';
import { addressGroup } from '../rates/addressGroup.ts';
import { createLive, wantsEvents, type AnswerLive, type LiveSettings } from '../live/createLive.ts';
import { countOperations } from '../seen/countOperations.ts';
import { createNote, notingOutcomes, withNote, type OperationNote } from '../seen/OperationNote.ts';
import type { Seen } from '../seen/Seen.ts';
import { serveMetrics } from '../seen/serveMetrics.ts';
import { tracedRequest } from '../seen/tracedRequest.ts';
import { watchServer } from '../seen/watchServer.ts';
import { answerErrors } from './answerErrors.ts';
import { answeringByApollo, readSearch } from './answeringByApollo.ts';
import { answerType } from './answerType.ts';
import type { DocumentStore } from './createDocumentStore.ts';
import type { HttpServer } from './createHttpServer.ts';
import { createClose } from './createClose.ts';
import { answerWrongMethod } from './httpFaults.ts';
import { listenError } from './listenError.ts';
import { readKnownRequest, type KnownRequest } from './readKnownRequest.ts';
import type { RequestPolicy } from './RequestPolicy.ts';
import { tellingRequestIds } from './tellRequestId.ts';
import { statusByAccept } from './statusByAccept.ts';
import type { FormatError } from './writeAnswer.ts';

/** Where an ApolloServer is reached, at every server of ours. */
export const GRAPHQL_PATH = '/graphql';

export interface ServeSettings<TContext extends BaseContext> {
  host: string;
  /** 0 picks any free port. */
  port: number;
  /** The name of the setting behind `port`, for the error when that port can't be had. */
  portSetting: string;
  context: ContextFunction<[request: FastifyRequest, reply: FastifyReply], TContext>;
  /** Decides what clients see of errors; without it, all. */
  formatError?: FormatError;
  policy?: RequestPolicy;
  /** How long it takes to close. */
  load?: LoadConfig;
  /** Who shares what the server can bear; without it, each address. */
  clientOf?(request: FastifyRequest): string;
  /** The short way for requests whose document has been seen; without it all go the long one. */
  known?: { documents: DocumentStore; answer: AnswerKnown<TContext> };
  /** What is told as it happens; without it nothing is. */
  live?: LiveSettings;
  /** How it is watched; without it nobody does. */
  seen?: Seen;
}

/**
 * Answers a request whose document Apollo's server has found valid before, as text, or with errors when it is
 * refused as a whole, without that server's long way. Undefined leaves the request to it: nothing of it may have
 * been carried out then.
 */
export type AnswerKnown<TContext> = (
  request: KnownRequest,
  context: TContext,
  requestId: string,
) => Promise<string | readonly GraphQLError[] | undefined>;

export interface RunningServer {
  /** The GraphQL endpoint, with the port that was really taken. */
  url: string;
  /** What the server bears at the moment. */
  load(): LoadState;
  /** Ends each connection with its next answer, as another process answers at this address; goes on all the same. */
  retire(): void;
  /**
   * Says for a while that it is not ready, takes no more requests, lets those in flight finish within their grace, and
   * resolves when all is closed.
   * @param hurry Ends the waiting when it aborts.
   */
  close(hurry?: AbortSignal): Promise<void>;
}

/**
 * Starts `apollo`, serves it with `app` at `/graphql` next to `/healthz`, and listens. Neither reports
 * to Apollo, traces, or has a landing page.
 * Rejects with one clear line when the port can't be had; then nothing is left running.
 */
export async function serveGraphQL<TContext extends BaseContext>(
  app: HttpServer,
  apollo: ApolloServer<TContext>,
  {
    host,
    port,
    portSetting,
    context,
    policy = {},
    clientOf = ({ ip }) => addressGroup(ip),
    load = DEFAULT_LOAD,
    known,
    live,
    seen,
    formatError = (formatted) => formatted,
  }: ServeSettings<TContext>,
): Promise<RunningServer> {
  for (const plugin of [
    statusByAccept(),
    notingOutcomes(),
    tellingRequestIds(),
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ]) {
    apollo.addPlugin(plugin);
  }
  await apollo.start();

  const byApollo = answeringByApollo(apollo);
  const answerByApollo = async (
    request: FastifyRequest,
    reply: FastifyReply,
    parameters: unknown,
    note: OperationNote,
  ) => {
    const answer = await byApollo(request, reply, parameters, async () =>
      withNote(await context(request, reply), note),
    );
    if (policy.found && isRecord(parameters) && typeof parameters['query'] === 'string') {
      const document = known?.documents.find(parameters['query']);
      if (document) policy.found(document, request);
    }
    return answer;
  };
  /** Gives the request as it is to be answered. Throws what refuses it. */
  const examine = async (request: FastifyRequest, sent: unknown) => {
    if (!isRecord(sent)) return sent;
    const parameters = policy.resolve ? await policy.resolve(sent, request) : sent;
    const { query } = parameters;
    if (policy.inspect && typeof query === 'string' && !known?.documents.find(query)) {
      policy.inspect(query, parameters);
    }
    return parameters;
  };
  if (seen) {
    watchServer(app, seen);
    serveMetrics(app, seen);
  }
  const count = seen && countOperations(seen);
  const refusing =
    (
      answer: (
        request: FastifyRequest,
        reply: FastifyReply,
        note: OperationNote,
      ) => Promise<unknown>,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const note = createNote(request.id);
      const start = performance.now();
      try {
        const work = () => answer(request, reply, note);
        return await tracedRequest(request, reply, note, () =>
          app.load.carryOut(clientOf(request), reply, work),
        );
      } catch (error) {
        if (reply.sent) return reply;
        if (!(error instanceof GraphQLError)) throw error;
        return answerErrors([error], request, reply, formatError);
      } finally {
        count?.(note, performance.now() - start);
      }
    };

  const answerLive = live && createLive(app, live);
  /**
   * Answers by a stream of events, which goes on when this has resolved: with undefined, for a reply is awaited until it
   * has ended, and would keep its turn so long. Before it come the errors that refuse it.
   */
  const byEvents = async (
    answer: AnswerLive,
    request: FastifyRequest,
    reply: FastifyReply,
    parameters: unknown,
    note: OperationNote,
  ) => {
    note.kind = 'subscription';
    const errors = await answer(request, reply, parameters, clientOf(request));
    note.outcome = errors ? 'errors' : 'ok';
    return errors && answerErrors(errors, request, reply, formatError);
  };

  const answerGet = refusing(async (request, reply, note) => {
    const parameters = await examine(request, readSearch(request.url));
    if (answerLive && request.method === 'GET' && wantsEvents(request)) {
      return byEvents(answerLive, request, reply, parameters, note);
    }
    return answerByApollo(request, reply, parameters, note);
  });
  // What Fastify would add for HEAD can't do without a body, as status 304 does.
  app.route({ method: 'HEAD', url: GRAPHQL_PATH, handler: answerGet });
  app.route({
    method: 'GET',
    url: GRAPHQL_PATH,
    handler: answerGet,
    exposeHeadRoute: false,
    ...(live?.socket && { wsHandler: live.socket }),
  });
  app.post(
    GRAPHQL_PATH,
    refusing(async (request, reply, note) => {
      const parameters = await examine(request, request.body);
      if (answerLive && wantsEvents(request)) {
        return byEvents(answerLive, request, reply, parameters, note);
      }
      const type = known && answerType(request.headers.accept);
      const read = type ? readKnownRequest(parameters, known.documents) : undefined;
      const answer = read && (await known?.answer(read, await context(request, reply), request.id));
      if (!read || answer === undefined) return answerByApollo(request, reply, parameters, note);
      policy.found?.(read.document, request);
      note.kind = getOperationAST(read.document, read.operationName)?.operation ?? 'none';
      if (typeof answer !== 'string') return answerErrors(answer, request, reply, formatError);
      // As `writeAnswer` writes it: errors come first.
      note.outcome = answer.startsWith('{"errors"') ? 'errors' : 'ok';
      void reply.header('content-type', type);
      // Encoded once: of a text, its length in bytes would be counted first.
      return Buffer.from(answer);
    }),
  );
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: GRAPHQL_PATH,
    handler: answerWrongMethod,
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  // Where nobody else says more of it.
  if (!app.hasRoute({ method: 'GET', url: '/readyz' })) {
    app.get('/readyz', async () => ({ status: 'ready' }));
  }

  const close = createClose(app, { ...load, formatError, afterwards: () => apollo.stop() });

  const { level } = app.log;
  // The line that Fastify would log says nothing that the caller does not say better.
  app.log.level = 'silent';
  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw listenError(error, { host, port, portSetting });
  } finally {
    app.log.level = level;
  }
  return { url: endpointUrl(app, host), load: app.load.state, retire: app.load.retire, close };
}

function endpointUrl(app: HttpServer, host: string) {
  const address = app.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${GRAPHQL_PATH}`;
}

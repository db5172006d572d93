import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from '../../subgraphs/shared/authentication/Refused.ts';
import { refusal } from '../../subgraphs/shared/http/refusal.ts';
import type { LiveClient, LiveEvent } from '../../subgraphs/shared/live/LiveEvent.ts';
import type { SubscriptionRequest } from '../../subgraphs/shared/live/subscribeTo.ts';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';
import type { OperationRequest, OperationResult } from '../execution/createExecutor.ts';
import { retryAfterS } from '../policy/cost/retryAfterS.ts';
import type { ServedGraph } from '../execution/createServedGraph.ts';
import {
  RefusedBySubgraph,
  type SubgraphResult,
  type TransportLog,
} from '../transport/Transport.ts';

/** Who follows a subscription, and from where. */
export interface Follower extends LiveClient {
  /** What he showed of himself. */
  headers: IncomingHttpHeaders;
  /** What is said of him with each event. */
  context: Pick<OperationRequest, 'headers' | 'client' | 'requestId'>;
}

/**
 * Follows a subscription: its answers, or the errors that refuse it. What it holds is given back when the signal of the
 * follower aborts.
 */
export type Follow = (
  request: SubscriptionRequest,
  follower: Follower,
) => Promise<readonly GraphQLError[] | AsyncIterable<LiveEvent<OperationResult>>>;

export interface FollowSettings {
  /** The graph that is served at the moment. */
  served(): ServedGraph;
  /** Who shows such headers, now. Rejects with `Refused`. */
  identify(headers: IncomingHttpHeaders): Promise<Viewer>;
  log: TransportLog;
}

/** The events of one stream of a subgraph, and for whom and by which graph it was opened. */
interface Stream {
  graph: ServedGraph;
  viewer: Viewer;
  events: AsyncIterable<LiveEvent<SubgraphResult>>;
  close(): void;
}

const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;

/** What passes: then the stream goes on, after the last event, when it has. */
const PASSING =
  /^(?:LIVE_UNAVAILABLE|UNAVAILABLE|SERVICE_UNAVAILABLE|OVERLOADED|SHUTTING_DOWN|TOO_MANY_STREAMS|INTERNAL_SERVER_ERROR|(?:DATABASE|SUBGRAPH)_[A-Z_]+)$/;

const codeOf = (error: GraphQLFormattedError | undefined) => String(error?.extensions?.['code']);

/**
 * Makes what follows subscriptions. A subgraph tells of events; each is completed by a plan of its own, with the rights
 * that the follower has then. When the subgraph, its database or the graph is another one, the stream goes on after
 * the last event, without a gap and without telling one twice.
 */
export function createFollow({ served, identify, log }: FollowSettings): Follow {
  return async (asked, follower) => {
    const { headers, context, signal } = follower;
    const request = (viewer: Viewer, event?: SubgraphResult): OperationRequest => ({
      ...context,
      document: asked.document,
      operationName: asked.operationName,
      variables: asked.variables ?? {},
      viewer,
      event,
      signal,
      // Loaders remember for as long as a request lasts: each event is one.
      clientRequest: {},
    });

    const open = async (lastEventId: string | undefined): Promise<Stream> => {
      const viewer = await identify(headers);
      const graph = served();
      const { own, fits } = graph;
      if (!own) throw refusal('There is nothing live while EXECUTOR is `apollo`.', NOT_HERE);
      if (!fits(asked.document)) {
        throw refusal('The graph has changed, and this can’t be asked any more.', GONE);
      }
      const source = await own.sourceOf(request(viewer));
      if (!source) throw new RefusedBySubgraph((await own.execute(request(viewer))).errors);
      const { transport } = source;
      if (!transport.subscribe) throw refusal('Its subgraph tells of no events.', NOT_HERE);
      const leave = new AbortController();
      const leaving = () => leave.abort();
      signal.addEventListener('abort', leaving);
      const close = () => {
        signal.removeEventListener('abort', leaving);
        leave.abort();
      };
      try {
        if (signal.aborted) leave.abort();
        const { headers: passedOn, requestId } = context;
        const events = await transport.subscribe(source.request, {
          viewer,
          headers: passedOn,
          requestId,
          lastEventId,
          signal: leave.signal,
        });
        return { graph, viewer, events, close };
      } catch (error) {
        close();
        throw error;
      }
    };

    const complete = async (viewer: Viewer, event: SubgraphResult): Promise<OperationResult> => {
      for (;;) {
        const { own, during } = served();
        if (!own) return { errors: [refusal('There is nothing live any more.', NOT_HERE)] };
        const result = await during(() => own.execute(request(viewer, event)));
        const [error] = result.errors;
        const isSpent = result.data === undefined && codeOf(error) === 'COST_LIMIT_EXCEEDED';
        const waitS = error && isSpent ? retryAfterS(error) : undefined;
        if (waitS === undefined) return result;
        // Who has spent all is told later, not never.
        await sleep(waitS * 1_000, undefined, { signal });
      }
    };

    async function* follow(first: Stream): AsyncGenerator<LiveEvent<OperationResult>> {
      let stream: Stream | undefined = first;
      let after = follower.lastEventId;
      let pause = FIRST_PAUSE_MS;
      while (!signal.aborted) {
        try {
          stream ??= await open(after);
          for await (const { id, result: event } of stream.events) {
            if (event && !event.data && PASSING.test(codeOf(event.errors?.[0]))) break;
            pause = FIRST_PAUSE_MS;
            if (!event) {
              after = id ?? after;
              yield { id };
              continue;
            }
            if (!event.data) {
              yield { result: { errors: toErrors(event.errors) } };
              return;
            }
            const viewer = await identify(headers);
            const result = await complete(viewer, event);
            // It was cut short: whoever comes back after the event before is told all of it.
            if (signal.aborted) return;
            after = id ?? after;
            yield { id, result };
            // From now on the subgraph is asked as its follower and the graph are now.
            if (served() !== stream.graph || !isSame(viewer, stream.viewer)) break;
          }
        } catch (error) {
          if (signal.aborted) return;
          const errors = errorsOf(error);
          if (errors && !PASSING.test(codeOf(errors[0]))) {
            yield { result: { errors } };
            return;
          }
          log.debug({ err: error }, 'the source of a subscription is away');
        } finally {
          stream?.close();
          stream = undefined;
        }
        await sleep(pause / 2 + (Math.random() * pause) / 2, undefined, {
          signal,
          ref: false,
        }).catch(() => undefined);
        pause = Math.min(pause * 2, LAST_PAUSE_MS);
      }
    }

    try {
      return follow(await open(follower.lastEventId));
    } catch (error) {
      const errors = errorsOf(error);
      if (errors) return errors;
      log.warn({ err: error }, 'the source of a subscription is away');
      return [
        new GraphQLError('What tells of this is away at the moment: try again in a while.', {
          extensions: { code: 'LIVE_UNAVAILABLE' },
        }),
      ];
    }
  };
}

const NOT_HERE = { code: 'LIVE_NOT_POSSIBLE', status: 501 };
const GONE = { code: 'GRAPHQL_VALIDATION_FAILED' };

const isSame = (one: Viewer, other: Viewer) => JSON.stringify(one) === JSON.stringify(other);

/** What a client is told; undefined when nobody said why. */
function errorsOf(error: unknown): readonly GraphQLError[] | undefined {
  if (error instanceof RefusedBySubgraph) return toErrors(error.errors);
  if (error instanceof Refused) {
    const { message, code, status } = error;
    return [refusal(message, { code, status })];
  }
  return error instanceof GraphQLError ? [error] : undefined;
}

const toErrors = (errors: readonly GraphQLFormattedError[] = []): GraphQLError[] =>
  errors.map((error) =>
    error instanceof GraphQLError
      ? error
      : new GraphQLError(error.message, { extensions: error.extensions ?? {} }),
  );

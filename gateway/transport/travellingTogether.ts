import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { LRUCache } from 'lru-cache';
import type { GraphQLFormattedError } from 'graphql';
import { mergeQueries, type MergedQuery } from './mergeQueries.ts';
import {
  isMutation,
  type FetchOptions,
  type SubgraphRequest,
  type SubgraphResult,
  type Transport,
} from './Transport.ts';

/** A fetch that waits for others of its client request to join it. */
interface Passenger {
  request: SubgraphRequest;
  options: FetchOptions;
  arrive(result: Promise<SubgraphResult>): void;
}

const MERGED_QUERIES = 500;

/** Faults of the way to a subgraph: to ask again at once would only take as long again. */
const faultsOfTheWay = new Set<unknown>([
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_OVERLOADED',
]);

/**
 * Sends the queries of one client request that become ready in the same moment as one. Where that takes more
 * down than the fetch that is at fault (null bubbled to the top), or a subgraph does not take such
 * queries, they are sent one by one after all.
 */
export function travellingTogether(transport: Transport): Transport {
  const merged = new LRUCache<string, { query: MergedQuery | undefined }>({ max: MERGED_QUERIES });
  const waiting = new WeakMap<object, Passenger[]>();
  let isTaken = true;

  const mergedQueryOf = (passengers: readonly Passenger[]) => {
    const texts = passengers.map(({ request }) => request.query);
    const key = texts.join('\n#\n');
    const known = merged.get(key) ?? { query: mergeQueries(texts) };
    merged.set(key, known);
    return known.query;
  };

  const sendTogether = async (
    { text, parts }: MergedQuery,
    passengers: readonly Passenger[],
  ): Promise<SubgraphResult[] | undefined> => {
    const [first] = passengers;
    if (!first) return [];
    const variables = Object.fromEntries(
      passengers.flatMap(({ request }, index) =>
        Object.entries(request.variables ?? {}).map(([name, value]) => [
          parts[index]?.prefix + name,
          value,
        ]),
      ),
    );
    const asked = { query: text, variables };
    const { data, errors = [], fault } = await transport.fetch(asked, first.options);
    if (isRecord(data)) return parts.map((part) => resultOf(part, data, errors));
    if (errors.every(({ extensions }) => faultsOfTheWay.has(extensions?.['code']))) {
      return passengers.map(() => ({ data: null, errors, fault }));
    }
    if (!fault && !errors.some(({ path }) => path)) isTaken = false;
    return undefined;
  };

  const depart = (passengers: readonly Passenger[]) => {
    const alone = ({ request, options }: Passenger) => transport.fetch(request, options);
    const query = passengers.length > 1 && isTaken ? mergedQueryOf(passengers) : undefined;
    if (!query) {
      for (const passenger of passengers) passenger.arrive(alone(passenger));
      return;
    }
    const together = sendTogether(query, passengers);
    passengers.forEach((passenger, index) =>
      passenger.arrive(together.then((results) => results?.[index] ?? alone(passenger))),
    );
  };

  return {
    ...transport,
    fetch(request, options) {
      if (isMutation(request)) return transport.fetch(request, options);
      return new Promise((arrive) => {
        const passenger = { request, options, arrive };
        const others = waiting.get(options.clientRequest);
        if (others) {
          others.push(passenger);
          return;
        }
        const passengers = [passenger];
        waiting.set(options.clientRequest, passengers);
        // After all that what has just arrived has made ready.
        process.nextTick(() => {
          waiting.delete(options.clientRequest);
          depart(passengers);
        });
      });
    },
  };
}

/** What one of the queries would have been answered. An error without a place concerns all of them. */
function resultOf(
  { prefix, names }: MergedQuery['parts'][number],
  data: Record<string, unknown>,
  errors: readonly GraphQLFormattedError[],
): SubgraphResult {
  const own = errors.flatMap((error): GraphQLFormattedError[] => {
    const [root, ...rest] = error.path ?? [];
    if (root === undefined) return [error];
    const name = String(root);
    if (!name.startsWith(prefix)) return [];
    const { message, extensions } = error;
    return [{ message, extensions, path: [name.slice(prefix.length), ...rest] }];
  });
  return {
    data: Object.fromEntries(names.map((name) => [name, data[prefix + name]])),
    errors: own.length ? own : undefined,
  };
}

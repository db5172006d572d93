import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { SubgraphResult, Transport } from '../../../gateway/transport/Transport.ts';

/**
 * Transports of which some fetches fail, always the same ones for one `salt`: without an answer, with
 * entities that are all null, or with an answer that makes no sense.
 */
export function failingTransports(
  transports: ReadonlyMap<string, Transport>,
  salt: number,
): Map<string, Transport> {
  return new Map(
    [...transports].map(([name, transport]): [string, Transport] => [
      name,
      {
        async fetch(request, options) {
          const fault = faults[chooseByte(`${salt} ${name} ${request.query}`)];
          const result = await transport.fetch(request, options);
          return fault ? fault(result) : result;
        },
      },
    ]),
  );
}

/** Half of the fetches go well. */
const faults: ((result: SubgraphResult) => SubgraphResult)[] = [
  () => ({ data: null, errors: [new GraphQLError('this subgraph is away')] }),
  ({ data, errors = [] }) => {
    const entities = data?.['_entities'];
    if (!Array.isArray(entities)) return { data, errors };
    const lost = entities.map(
      (_entity, index) => new GraphQLError('lost', { path: ['_entities', index] }),
    );
    return { data: { _entities: entities.map(() => null) }, errors: lost };
  },
  () => ({ data: { _entities: 'not a list' } }),
];

const chooseByte = (text: string) => (createHash('sha256').update(text).digest()[0] ?? 0) % 6;

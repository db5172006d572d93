import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differencesFromApollo,
  differencesFromMonolith,
  isApolloRight,
  isRefusedFetch,
  unexplained,
} from './differences.ts';
import { failingTransports } from './failingTransports.ts';
import { choices, operationOf, type ParsedOperation } from './operationOf.ts';
import { createGraph } from './graphs/Graph.ts';
import { eventsGraph } from './graphs/events.ts';
import { media } from './graphs/media.ts';
import { placesGraph } from './graphs/places.ts';
import { requiredArguments } from './graphs/requiredArguments.ts';
import { shop } from './graphs/shop.ts';
import { staff } from './graphs/staff.ts';
import { createThreeWays, type Federated, type OneAnswer } from './threeWays.ts';

/*
 * Generated operations, answered by our executor, by Apollo's and by one schema that knows everything.
 * DIFFERENTIAL_RUNS is how many in all (100000 by `npm run test:differential`), each time others. A failure
 * prints its seed and path: as DIFFERENTIAL_SEED and DIFFERENTIAL_PATH, with the name of the failed test
 * after -t, they show it again.
 */

const graphs = [shop, media, staff, placesGraph, requiredArguments, eventsGraph];
const asked = process.env['DIFFERENTIAL_RUNS'];
const runs = Number(asked || 2_040);
// Without a number asked for, always the same operations: what is rare is for the longer runs to find.
const seed = process.env['DIFFERENTIAL_SEED'] || (asked ? undefined : '1');
const path = process.env['DIFFERENTIAL_PATH'];
/** For each graph, one part in four with subgraphs that fail. */
const healthyRuns = Math.ceil((runs / graphs.length) * 0.75);
const failingRuns = Math.ceil((runs / graphs.length) * 0.25);
/** Beyond what a test run has, the progress is told. */
const runsWithoutProgress = 2_500;

/** Fails with all that is needed to see why. */
function assertSame(differences: string[], { query, variables }: ParsedOperation, all: object) {
  if (!differences.length) return;
  const shown = JSON.stringify({ variables, ...all }, null, 2);
  expect.unreachable(`different: ${differences.join(', ')}\n${query}\n${shown}`);
}

function parametersFor(numRuns: number, what: string) {
  let start = 0;
  let done = 0;
  let compared = 0;
  let refusedFetches = 0;
  return {
    fromApollo({ own, apollo, healthyApollo }: Federated, monolith: OneAnswer): string[] {
      if (!apollo || !healthyApollo || !isApolloRight(healthyApollo, monolith)) return [];
      compared += 1;
      return differencesFromApollo(own, apollo);
    },
    /** Apollo's executor gets little wrong; plans that hold copies of fields it can't carry out at all. */
    expectEnoughCompared() {
      if (path || numRuns < 80) return;
      const least = what.startsWith(requiredArguments.name) ? 0.15 : 0.65;
      expect(compared / done).toBeGreaterThan(least);
    },
    /** Never more than one in a thousand. */
    refused() {
      refusedFetches += 1;
      expect(refusedFetches).toBeLessThanOrEqual(1 + numRuns / 1_000);
    },
    tell() {
      start ||= Date.now();
      done += 1;
      if (runs <= runsWithoutProgress || done % 1_000) return;
      const rate = Math.round((done * 1_000) / (Date.now() - start));
      console.log(
        `${what}: ${done} of ${numRuns} operations, ${rate} a second, ${refusedFetches} with a refused fetch`,
      );
    },
    parameters: { numRuns, ...(seed && { seed: Number(seed) }), ...(path && { path }) },
    timeout: 60_000 + numRuns * 1_000,
  };
}

describe.each(graphs)('generated operations over the graph $name', (parts) => {
  const healthy = parametersFor(healthyRuns, parts.name);
  it(
    `have the same data and errors in all three ways (${healthyRuns})`,
    { timeout: healthy.timeout },
    async () => {
      const graph = createGraph(parts);
      const ways = createThreeWays(graph);
      await fc.assert(
        fc.asyncProperty(choices, async (chosen) => {
          const operation = operationOf(ways.schema, chosen);
          const { document, variables } = operation;
          const monolith = await ways.monolith(document, variables);
          const federated = await ways.federated(document, variables);
          if (isRefusedFetch(federated.own)) return healthy.refused();
          const differences = differencesFromMonolith(federated.own, monolith);
          differences.push(...healthy.fromApollo(federated, monolith));
          assertSame(differences, operation, { ...federated, monolith });
          healthy.tell();
        }),
        healthy.parameters,
      );
      healthy.expectEnoughCompared();
    },
  );

  const failing = parametersFor(failingRuns, `${parts.name}, failing`);
  it(
    `keep what can be had when fetches fail (${failingRuns})`,
    { timeout: failing.timeout },
    async () => {
      const graph = createGraph(parts);
      const salted = [1, 2, 3].map((salt) =>
        createThreeWays(graph, failingTransports(graph.transports, salt)),
      );
      await fc.assert(
        fc.asyncProperty(choices, fc.nat(salted.length - 1), async (chosen, salt) => {
          const ways = salted[salt];
          if (!ways) throw new Error('there is no such salt');
          const operation = operationOf(ways.schema, chosen);
          const { document, variables } = operation;
          const monolith = await ways.monolith(document, variables);
          const federated = await ways.federated(document, variables);
          if (isRefusedFetch(federated.own)) return failing.refused();
          const differences = unexplained(federated.own, monolith);
          differences.push(...failing.fromApollo(federated, monolith));
          assertSame(differences, operation, { ...federated, monolith });
          failing.tell();
        }),
        failing.parameters,
      );
      failing.expectEnoughCompared();
    },
  );
});

import fc from 'fast-check';
import { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInProcessTransport } from '../../gateway/transport/inProcess.ts';
import { readSupergraph } from '../../gateway/supergraph/readSupergraph.ts';
import { createMonolith } from '../../scripts/bench/monolith.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import {
  differencesFromApollo,
  differencesFromMonolith,
  isApolloRight,
} from '../gateway/execution/differences.ts';
import { silentLog } from '../gateway/execution/graphs/Graph.ts';
import { choices, operationOf, style } from '../gateway/execution/operationOf.ts';
import { createThreeWays, type ThreeWays } from '../gateway/execution/threeWays.ts';
import { startGraph } from '../helpers/graph.ts';

/*
 * Generated queries over the product's own graph and the facts, in three ways that must agree: our executor,
 * Apollo's, and one schema over the same resolvers. PRODUCT_RUNS, PRODUCT_SEED and PRODUCT_PATH are to this
 * test what DIFFERENTIAL_RUNS and the others are to that of the small graphs.
 */

const asked = process.env['PRODUCT_RUNS'];
const numRuns = Number(asked || 250);
const seed = process.env['PRODUCT_SEED'] || (asked ? undefined : '1');
const path = process.env['PRODUCT_PATH'];

/** One record of each kind, and one that there is not. */
const ids = [
  'org-hoi-nct-viet-nam',
  'place-thai-binh',
  'prog-105-hnct-bca',
  'act-tth-tham-gia-antt-2011',
  'out-tb-cuoc-tuyen-truyen',
  'rec-tth-2011-tong',
  'person-huynh-quoc-viet',
  'doc-chi-thi-09-ct-tw',
  'mdl-camera-an-ninh-2019',
  'src-bao-thai-binh-2022-02-21',
  'note-004-giay-khen-huyen',
  'none',
];
const styleOfProduct = {
  ...style,
  values: {
    ...style.values,
    Int: [3, 1, 2, 2021, 0],
    String: ['thai binh', 'hội', 'x', ''],
    ID: ids,
    PartialDate: ['2019', '2013-11', '2021-01-05'],
  },
  depth: 3,
};

let graph: Awaited<ReturnType<typeof startGraph>>;
let ways: ThreeWays;

beforeAll(async () => {
  graph = await startGraph();
  ways = createThreeWays({
    name: 'product',
    supergraph: await readSupergraph('schema/supergraph.graphql'),
    transports: new Map(
      subgraphs.map((subgraph) => [
        subgraph.name,
        createInProcessTransport({ subgraph, timeoutMs: 60_000, log: silentLog }),
      ]),
    ),
    monolith: { name: 'monolith', ...createMonolith(subgraphs) },
  });
});

afterAll(() => graph?.close());

it(
  `generated queries have the same answer in all three ways (${numRuns})`,
  { timeout: 60_000 + numRuns * 2_000 },
  async () => {
    // What writes is for other tests.
    const schema = new GraphQLSchema({ ...ways.schema.toConfig(), mutation: undefined });
    let done = 0;
    let compared = 0;
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(choices, async (chosen) => {
        const { query, document, variables } = operationOf(schema, chosen, styleOfProduct);
        const monolith = await ways.monolith(document, variables);
        const federated = await ways.federated(document, variables);
        const { own, apollo, healthyApollo } = federated;
        const differences = differencesFromMonolith(own, monolith);
        if (apollo && healthyApollo && isApolloRight(healthyApollo, monolith)) {
          compared += 1;
          differences.push(...differencesFromApollo(own, apollo));
        }
        if (differences.length) {
          const shown = JSON.stringify({ variables, ...federated, monolith }, null, 2);
          expect.unreachable(`different: ${differences.join(', ')}\n${query}\n${shown}`);
        }
        done += 1;
        if (!own.errors.length) whole += 1;
        if (asked && done % 500 === 0) console.log(`product: ${done} of ${numRuns} operations`);
      }),
      { numRuns, ...(seed && { seed: Number(seed) }), ...(path && { path }) },
    );
    if (path || numRuns < 80) return;
    // Apollo's executor gets little wrong; half of the arguments are made to be refused.
    expect(compared / done).toBeGreaterThan(0.65);
    expect(whole / done).toBeGreaterThan(0.4);
  },
);

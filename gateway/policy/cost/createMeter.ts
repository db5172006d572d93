import type {
  DocumentNode,
  FieldNode,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { refusal } from '../../../subgraphs/shared/http/refusal.ts';
import type { Buckets } from '../../../subgraphs/shared/rates/createBuckets.ts';
import type { Viewer } from '../../../subgraphs/shared/Viewer.ts';
import type { Client } from './Client.ts';
import { compileCount, type CountAnswer } from './compileCount.ts';
import type { CostConfig } from './costSettings.ts';
import { createPrices } from './createPrices.ts';
import { costIn } from './createReckoning.ts';
import { findDearest } from './findDearest.ts';
import { priceOperation, type PricedOperation } from './priceOperation.ts';

/** What all graphs that are served one after the other have in common. */
export interface CostPolicy extends Omit<CostConfig, 'bucket'> {
  /** What each key or address has left; undefined where nobody counts. */
  buckets: Buckets | undefined;
  /** Whether requests from this machine itself are not charged. */
  sparesLoopback: boolean;
  /** Told what each operation may cost and, where it is counted, what it did cost; for those who watch. */
  observe?: ((requested: number, actual: number | undefined) => void) | undefined;
}

/** What is asked, and by whom. */
export interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
  viewer: Viewer;
  client?: Client | undefined;
}

/** What a client is told of the cost of its request. */
export interface CostReport {
  /** What it might have cost at most. */
  requested: number;
  /** What it did cost; left out where nobody knows. */
  actual?: number;
  /** What one operation may cost. */
  budget?: number;
  /** What is left to spend. */
  available?: number;
  /** What comes back each second, up to `capacity`. */
  restoreRate?: number;
  capacity?: number;
}

/** A request that is charged what it may cost. */
export interface Charged {
  /**
   * Charges what the request did cost instead: `cost`, or else by the data of its answer; without them, or when parts
   * of it failed, the charge stands. Gives what the client is to be told, if anything.
   */
  settle(data?: Readonly<Record<string, unknown>>, cost?: number): CostReport | undefined;
}

/** Charges each request, or says why it is refused. */
export interface Meter {
  charge(asked: Asked): Charged | GraphQLError;
}

interface Metered {
  priced: PricedOperation;
  /** Compiled when it is first asked for. */
  count(): CountAnswer;
}

/**
 * Makes the meter of one supergraph. An operation is priced once; then only its variables are put in.
 * @param nameOf The name under which the data of answers have a field.
 * @throws UserError when the directives of cost can't be read.
 */
export function createMeter(
  schema: GraphQLSchema,
  policy: CostPolicy,
  nameOf: (field: FieldNode) => string,
): Meter {
  const { limit, listSize, buckets, report, sparesLoopback, observe } = policy;
  const prices = createPrices(schema);
  const metered = new WeakMap<OperationDefinitionNode, Metered>();
  const prepare = (document: DocumentNode, operation: OperationDefinitionNode): Metered => {
    const known = metered.get(operation);
    if (known) return known;
    const priced = priceOperation({ schema, prices, document, operation, listSize });
    let count: CountAnswer | undefined;
    const made: Metered = {
      priced,
      count: () => (count ??= compileCount(document, operation, priced, nameOf)),
    };
    metered.set(operation, made);
    return made;
  };
  const budget = limit === undefined ? {} : { budget: limit };
  const account = (payer: string | undefined) =>
    buckets && payer !== undefined
      ? {
          available: buckets.available(payer),
          restoreRate: buckets.restorePerS,
          capacity: buckets.capacity,
        }
      : {};

  return {
    charge({ document, operation, variables, viewer, client }) {
      const { priced, count } = prepare(document, operation);
      const reckoned = priced.run(variables);
      const requested = costIn(reckoned, priced.cost);
      const spared = !client || (sparesLoopback && client.isLocal);
      const payer = spared ? undefined : (viewer.subject ?? `address ${client.address}`);
      const told = (): CostReport => ({ requested, ...budget, ...account(payer) });

      const [complaint] = priced.complaints(variables);
      if (complaint !== undefined) return refusal(complaint, { code: 'BAD_USER_INPUT' });
      if (limit !== undefined && requested > limit) {
        const { words, ...dearest } = findDearest(priced, reckoned);
        return refusal(
          `This operation may cost ${requested}, and one may cost ${limit} here. ${words}`,
          { code: 'COST_LIMIT_EXCEEDED', extensions: { cost: { ...told(), dearest } } },
        );
      }
      const taking = payer === undefined ? undefined : buckets?.take(payer, requested);
      if (taking?.taken === false) {
        return refusal(
          `This operation may cost ${requested}, and you have ${taking.available} left: ask for less, or wait ${taking.waitS} s.`,
          {
            code: 'RATE_LIMITED',
            status: 429,
            headers: { 'retry-after': String(taking.waitS) },
            extensions: { cost: told(), retryAfter: taking.waitS },
          },
        );
      }

      const tells = report === 'always' || (report === 'asked' && client?.asksForCost === true);
      return {
        settle(data, cost) {
          const isCounted = taking !== undefined || tells;
          const actual = cost ?? (data && isCounted ? count()(data, reckoned) : undefined);
          if (taking && payer !== undefined && actual !== undefined) {
            buckets?.giveBack(payer, requested - actual);
          }
          observe?.(requested, actual);
          if (!tells) return undefined;
          return { ...told(), ...(actual === undefined ? {} : { actual }) };
        },
      };
    },
  };
}

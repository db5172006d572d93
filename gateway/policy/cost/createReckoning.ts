import { bounded } from './createPrices.ts';

/** Values of the variables of a request, as they were sent. */
export type Variables = Readonly<Record<string, unknown>>;

/** A cost that is known, or the step of a reckoning that finds it. */
export type Cost = number | { step: number };

/** What has been reckoned for one request. */
export type Reckoned = Float64Array;

/** How a cost follows from the variables of a request: steps in order, each of which may use those before. */
export interface Reckoning {
  /** A cost that depends on variables. */
  byVariables(compute: (variables: Variables) => number): Cost;
  sum(costs: readonly Cost[]): Cost;
  highest(costs: readonly Cost[]): Cost;
  product(a: Cost, b: Cost): Cost;
  /** Takes the steps for one request. */
  run(variables: Variables): Reckoned;
}

/** What a cost came to. */
export const costIn = (reckoned: Reckoned, cost: Cost): number =>
  typeof cost === 'number' ? cost : (reckoned[cost.step] ?? 0);

/**
 * Makes an empty reckoning. What is known beforehand is reckoned at once; what many parts share is one step, so that
 * a document takes time by its length, not by what its fragments multiply to.
 */
export function createReckoning(): Reckoning {
  const steps: ((variables: Variables, reckoned: Reckoned) => number)[] = [];
  const step = (compute: (variables: Variables, reckoned: Reckoned) => number): Cost => ({
    step: steps.push(compute) - 1,
  });
  const fold = (costs: readonly Cost[], join: (a: number, b: number) => number): Cost => {
    const known = costs.filter((cost) => typeof cost === 'number').reduce(join, 0);
    const unknown = costs.filter((cost) => typeof cost !== 'number').map((cost) => cost.step);
    if (!unknown.length) return bounded(known);
    return step((_variables, reckoned) => {
      let result = known;
      for (const index of unknown) result = join(result, reckoned[index] ?? 0);
      return result;
    });
  };

  return {
    byVariables: (compute) => step((variables) => compute(variables)),
    sum: (costs) => fold(costs, (a, b) => a + b),
    highest: (costs) => fold(costs, (a, b) => Math.max(a, b)),
    product(a, b) {
      if (typeof a === 'number' && typeof b === 'number') return bounded(a * b);
      if (a === 1) return b;
      if (b === 1) return a;
      return a === 0 || b === 0
        ? 0
        : step((_variables, reckoned) => costIn(reckoned, a) * costIn(reckoned, b));
    },
    run(variables) {
      const reckoned = new Float64Array(steps.length);
      steps.forEach((compute, index) => {
        reckoned[index] = bounded(compute(variables, reckoned));
      });
      return reckoned;
    },
  };
}

import { costIn, type Reckoned } from './createReckoning.ts';
import type { Priced } from './priceOperation.ts';

/** The part of an operation that makes it dear. */
export interface Dearest {
  /** The names on the way to it, with dots between them. */
  path: string;
  /** What the root field costs that it is in. */
  cost: number;
  /** How to ask for less. */
  words: string;
}

/** Finds the dearest root field and follows it down, while one field in it makes up most of what it costs. */
export function findDearest(operation: Priced, reckoned: Reckoned): Dearest {
  const path: string[] = [];
  let cost = costIn(reckoned, operation.cost);
  let slicing: { path: string; names: string } | undefined;
  let above = cost;
  for (let part = dearestOf(operation, reckoned); part; part = dearestOf(part, reckoned)) {
    const own = costIn(reckoned, part.cost);
    // What is asked together below a field is reckoned once for each of its items: so are its shares.
    if (part.name === undefined) {
      above = own;
      continue;
    }
    if (path.length && own * 2 < above) break;
    path.push(part.name);
    if (path.length === 1) cost = own;
    if (part.slicingArguments?.length) {
      slicing = { path: path.join('.'), names: part.slicingArguments.join(' or ') };
    }
  }
  const at = path.join('.');
  return {
    path: at,
    cost,
    words:
      slicing === undefined
        ? `The dearest part is ${at}: ask for fewer fields at once.`
        : `The dearest part is ${at}: give ${slicing.names} at ${slicing.path} and make it small, or ask for fewer fields at once.`,
  };
}

function dearestOf({ parts }: Priced, reckoned: Reckoned): Priced | undefined {
  let dearest: Priced | undefined;
  for (const part of parts) {
    if (!dearest || costIn(reckoned, part.cost) > costIn(reckoned, dearest.cost)) dearest = part;
  }
  return dearest && costIn(reckoned, dearest.cost) > 0 ? dearest : undefined;
}

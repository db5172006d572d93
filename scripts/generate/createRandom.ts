import { createHash } from 'node:crypto';

/** A source of numbers that look random and are the same in every run. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number of `least` to `most`, both included. */
  integer(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** One of the items, each as often as its weight says. */
  weighted<Item>(items: readonly [[Item, number], ...[Item, number][]]): Item;
  /** Around `median`, with a heavy tail upwards: a `sigma` of 1 has one in a hundred above ten times it. */
  logNormal(median: number, sigma: number): number;
}

/**
 * The numbers that belong to one thing (`scope`) of one data set (`seed`). Each thing has numbers
 * of its own, so that it comes out the same whatever is made before it.
 * The generator is sfc32 of Chris Doty-Humphrey's PractRand, started from a hash of seed and scope.
 */
export function createRandom(seed: number, ...scope: (string | number)[]): Random {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, ...scope]))
    .digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => hash.readInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];

  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));

  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    weighted(items) {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      return (items.find(([, weight]) => (rest -= weight) < 0) ?? items[0])[0];
    },
    logNormal(median, sigma) {
      // Box and Muller's transform; 1 - next() is never 0.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}

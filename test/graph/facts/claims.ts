import { isDeepStrictEqual } from 'node:util';
import { fieldOf, leavesOf, valueAt, type Leaf } from './leaves.ts';
import type { FactFile, FactRecord } from './records.ts';

/** Where a leaf of a record stands in the graph's answer. */
export interface Claim {
  /**
   * Path in the answer. `[]` takes the index that the leaf has in the record, `[list+]` adds
   * the length of the record's `list`, which the graph puts before it.
   */
  at: string;
  /** The value that the leaf has in the graph; the leaf's own when left out. */
  as?: (leaf: unknown, record: FactRecord) => unknown;
  /** Instead of `as`, for what the answer says otherwise than by one value. */
  bears?: (answer: unknown, leaf: unknown, record: FactRecord) => boolean;
}

export type Claims = Record<string, string | Claim | (string | Claim)[]>;

/** How the records of one file are found in the graph. */
export interface FactKind {
  file: FactFile;
  /** The list of the API that holds them. */
  list: string;
  /** By field of the record: the places in the answer where it is checked. */
  claims: Claims;
  /** Parts of the answer that repeat other records; they are checked with those. */
  elsewhere?: string[];
}

export interface Comparison {
  /** Leaves of the record that the answer gives otherwise or not at all. */
  lost: string[];
  /** Leaves of the answer that no leaf of the record stands for. */
  invented: string[];
  /** Fields of the record for which there is no claim. */
  unclaimed: string[];
}

function placeInAnswer(at: string, leaf: Leaf, record: FactRecord): string {
  const indexes = [...leaf.path.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index));
  return at.replace(/\[(?:(\w+)\+)?\]/g, (_, before?: string) => {
    const list = before ? record[before] : undefined;
    return `[${(indexes.shift() ?? 0) + (Array.isArray(list) ? list.length : 0)}]`;
  });
}

const isWithin = (path: string, part: string) =>
  path === part || path.startsWith(`${part}.`) || path.startsWith(`${part}[`);

/** Null, false and an empty list say nothing, so no record needs to stand for them. */
const saysSomething = ({ value }: Leaf) =>
  Array.isArray(value) ? value.length > 0 : value != null && value !== false;

/** Compares one record with the graph's answer, leaf by leaf and in both directions. */
export function compare(record: FactRecord, answer: unknown, kind: FactKind): Comparison {
  const lost: string[] = [];
  const unclaimed: string[] = [];
  const claimed = new Set<string>();

  for (const leaf of leavesOf(record)) {
    const claims = kind.claims[fieldOf(leaf.path)];
    if (claims === undefined) {
      unclaimed.push(fieldOf(leaf.path));
      continue;
    }
    for (const item of [claims].flat()) {
      const claim: Claim = typeof item === 'string' ? { at: item } : item;
      const path = placeInAnswer(claim.at, leaf, record);
      const received = valueAt(answer, path);
      const expected = claim.as ? claim.as(leaf.value, record) : leaf.value;
      const holds = claim.bears
        ? claim.bears(received, leaf.value, record)
        : received !== undefined && isDeepStrictEqual(received, expected);
      claimed.add(path);
      if (holds) continue;
      const told = JSON.stringify({ recorded: leaf.value, answered: received });
      lost.push(`${record.id}: ${leaf.path} at ${path}: ${told}`);
    }
  }

  const isElsewhere = (path: string) => kind.elsewhere?.some((part) => isWithin(path, part));
  const invented = leavesOf(answer)
    .filter(saysSomething)
    .filter(({ path }) => !claimed.has(path) && !isElsewhere(path))
    .map(({ path, value }) => `${record.id}: ${path}: ${JSON.stringify(value)}`);

  return { lost, invented, unclaimed };
}

import { readPath, show } from './goldenPath.ts';

/** What must hold at a path of the answer: one operator or more, see `howToRead` in golden.json. */
export interface Expectation {
  at: string | string[];
  /** Turns each object of a list into the values at these paths. */
  rows?: string[];
  /** Drops repeats first. */
  distinct?: boolean;
  why?: string;
  [operator: string]: unknown;
}

/** Reads a path from the answers. */
export type Scope = (path: string) => unknown;

/** Gives the reason why the received value does not satisfy the wanted one; undefined when it does. */
type Operator = (received: unknown, wanted: unknown, scope: Scope) => string | undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rounded = (value: number) => Number(value.toPrecision(12));

/** One text per value: the order of keys never matters, that of lists only when it is kept. */
function canonical(value: unknown, order: 'kept' | 'ignored'): string {
  if (Array.isArray(value)) {
    const elements = value.map((element) => canonical(element, order));
    return `[${(order === 'ignored' ? elements.sort() : elements).join()}]`;
  }
  if (isObject(value)) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(value[key], order)}`).join()}}`;
  }
  return typeof value === 'number'
    ? String(rounded(value))
    : (JSON.stringify(value) ?? 'undefined');
}

const isSame = (left: unknown, right: unknown) =>
  canonical(left, 'kept') === canonical(right, 'kept');

function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, received ${show(value)}`);
  return value;
}

/** A statement about the elements of an empty list would hold emptily, so it fails. */
function asFilledList(value: unknown): unknown[] {
  if (asList(value).length === 0) throw new Error('the list is empty');
  return asList(value);
}

function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`expected a number, received ${show(value)}`);
  return value;
}

/** The first list without the elements of the second, each as often as it is there. */
function without(list: unknown[], removed: unknown[]): unknown[] {
  const left = removed.map((element) => canonical(element, 'ignored'));
  return list.filter((element) => {
    const index = left.indexOf(canonical(element, 'ignored'));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

const differs = (wanted: unknown, received: unknown) =>
  `expected ${show(wanted)}, received ${show(received)}`;

const operators: Record<string, Operator> = {
  equals: (received, wanted) => (isSame(received, wanted) ? undefined : differs(wanted, received)),

  equalsAt: (received, path, scope) => {
    const wanted = scope(String(path));
    return canonical(received, 'ignored') === canonical(wanted, 'ignored')
      ? undefined
      : `${differs(wanted, received)} (wanted as at ${String(path)})`;
  },

  oneOf: (received, wanted) =>
    asList(wanted).some((value) => isSame(value, received))
      ? undefined
      : `expected one of ${show(wanted)}, received ${show(received)}`,

  setEquals: (received, wanted) => {
    const missing = without(asList(wanted), asList(received));
    const unexpected = without(asList(received), asList(wanted));
    const reasons = [
      missing.length > 0 && `missing ${show(missing)}`,
      unexpected.length > 0 && `unexpected ${show(unexpected)}`,
    ].filter(Boolean);
    return reasons.length > 0 ? reasons.join('; ') : undefined;
  },

  contains: (received, wanted) => {
    if (typeof received === 'string') {
      return received.includes(String(wanted))
        ? undefined
        : `expected text containing ${show(wanted)}, received ${show(received)}`;
    }
    const missing = without(asList(wanted), asList(received));
    return missing.length > 0 ? `missing ${show(missing)}; received ${show(received)}` : undefined;
  },

  every: (received, wanted, scope) => {
    const others = asFilledList(received).filter((element) => !holds(wanted, element, scope));
    return others.length > 0
      ? `expected ${show(wanted)} of every element, ${others.length} differ: ${show(others)}`
      : undefined;
  },

  none: (received, wanted, scope) => {
    const found = asFilledList(received).filter((element) =>
      asList(wanted).some((value) => holds(value, element, scope)),
    );
    return found.length > 0 ? `must not occur: ${show(found)}` : undefined;
  },

  min: (received, wanted) =>
    asNumber(received) >= asNumber(wanted)
      ? undefined
      : `expected at least ${show(wanted)}, received ${show(received)}`,

  max: (received, wanted) =>
    asNumber(received) <= asNumber(wanted)
      ? undefined
      : `expected at most ${show(wanted)}, received ${show(received)}`,

  length: (received, wanted) =>
    asList(received).length === wanted
      ? undefined
      : `expected ${show(wanted)} elements, received ${asList(received).length}: ${show(received)}`,

  sum: (received, wanted) => {
    const sum = asFilledList(received).reduce<number>((total, value) => total + asNumber(value), 0);
    return rounded(sum) === rounded(asNumber(wanted))
      ? undefined
      : `expected a sum of ${show(wanted)}, received ${rounded(sum)}`;
  },

  matches: (received, wanted) =>
    typeof received === 'string' && new RegExp(String(wanted), 'u').test(received)
      ? undefined
      : `expected text like /${String(wanted)}/, received ${show(received)}`,
};

/** Whether an element equals the wanted value or, when that is made of operators, satisfies it. */
function holds(wanted: unknown, received: unknown, scope: Scope): boolean {
  const names = isObject(wanted) ? Object.keys(wanted) : [];
  if (!isObject(wanted) || names.length === 0 || !names.every((name) => name in operators)) {
    return isSame(wanted, received);
  }
  return names.every((name) => {
    try {
      return operators[name]?.(received, wanted[name], scope) === undefined;
    } catch {
      return false;
    }
  });
}

function receivedBy({ at, rows, distinct }: Expectation, scope: Scope): unknown {
  let received = Array.isArray(at) ? at.flatMap((path) => scope(path)) : scope(at);
  if (rows) received = asList(received).map((row) => rows.map((path) => readPath(row, path)));
  if (distinct) {
    received = [
      ...new Map(asList(received).map((value) => [canonical(value, 'ignored'), value])).values(),
    ];
  }
  return received;
}

const notOperators = ['at', 'rows', 'distinct', 'why'];

/**
 * The reasons why an expectation does not hold; none when it does. A path that is not in the answer,
 * an unknown operator and an expectation without one are reasons too: nothing passes by being empty.
 */
export function judge(expectation: Expectation, scope: Scope): string[] {
  const { at } = expectation;
  const place = [at ?? '(no path)'].flat().join(' + ');
  const wanted = Object.entries(expectation).filter(([name]) => !notOperators.includes(name));
  try {
    const unknown = wanted.map(([name]) => name).filter((name) => !(name in operators));
    if (unknown.length > 0) throw new Error(`unknown operator ${unknown.join()}`);
    if (!at || wanted.length === 0) {
      throw new Error('the expectation needs "at" and an operator');
    }
    const received = receivedBy(expectation, scope);
    return wanted
      .map(([name, value]) => operators[name]?.(received, value, scope))
      .filter((reason) => reason !== undefined)
      .map((reason) => `${place}: ${reason}`);
  } catch (error) {
    return [`${place}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

import {
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  type GraphQLInputType,
  type GraphQLLeafType,
} from 'graphql';
import { readCell, type Cell } from './readCell.ts';

/** A column of a CSV file: a path through the input. */
export interface Column {
  name: string;
  /** Fields, and places in lists from 0. */
  path: readonly (string | number)[];
  /** Reads a cell that is not empty. */
  read(text: string): Cell;
}

/** Between the items of a list in one cell. */
const SEPARATOR = '|';
const MOST_NUMBERED = 200;

function readList(type: GraphQLLeafType, text: string): Cell {
  const items = text
    .split(SEPARATOR)
    .map((item) => item.trim())
    .filter(Boolean)
    .map((item) => readCell(type, item));
  const wrong = items.find((item) => 'problem' in item);
  return wrong ?? { value: items.map((item) => ('value' in item ? item.value : undefined)) };
}

/**
 * Finds the field that a column is about: `measure.value` of an input, `otherNames` for a whole list with `|`
 * between its items, `otherNames.2` for one item of it, `provenance.sourceId` or `provenance.1.sourceId` for the
 * first of a list of inputs. Null when there is none.
 */
export function findColumn(name: string, input: GraphQLInputType): Column | null {
  const path: (string | number)[] = [];
  let type: GraphQLInputType = getNullableType(input);
  const steps = name.split('.');
  for (;;) {
    if (isListType(type)) {
      const item: GraphQLInputType = getNullableType(type.ofType);
      const number = /^[1-9]\d{0,2}$/.test(steps[0] ?? '') ? Number(steps.shift()) : null;
      if (number !== null && number > MOST_NUMBERED) return null;
      if (number === null && isLeafType(item)) {
        return steps.length ? null : { name, path, read: (text) => readList(item, text) };
      }
      path.push((number ?? 1) - 1);
      type = item;
    } else if (isInputObjectType(type)) {
      const step = steps.shift() ?? '';
      const field = Object.hasOwn(type.getFields(), step) ? type.getFields()[step] : undefined;
      if (!field) return null;
      path.push(step);
      type = getNullableType(field.type);
    } else {
      const leaf = type;
      return steps.length || !isLeafType(leaf)
        ? null
        : { name, path, read: (text) => readCell(leaf, text) };
    }
  }
}

type Container = Record<string | number, unknown>;

/** Puts a value at a path, making the objects and lists on the way. */
export function putAt(target: object, path: readonly (string | number)[], value: unknown): void {
  let place = target as Container;
  for (const [index, step] of path.entries()) {
    const next = path[index + 1];
    if (next === undefined) place[step] = value;
    else place = (place[step] ??= typeof next === 'number' ? [] : {}) as Container;
  }
}

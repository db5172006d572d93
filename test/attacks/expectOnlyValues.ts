import { expect } from 'vitest';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import type { ReadCommand } from '../helpers/recordCommands.ts';
import { MARK } from './nasty.ts';

/** Under these alone may a value of a user's stand; or it is what a field must be equal to. */
const HOLDERS = ['$in', '$all', '$gt', '$lt', '$gte', '$lte', '$literal', '$indexOfCP'];
/** What a filter may be nested in. */
const FILTERS = ['$match', '$and', '$or', '$elemMatch'];
const FORBIDDEN =
  /"\$(where|function|accumulator|expr|regex|jsonSchema|lookup|unionWith|out|merge|not)"/;

interface Marked {
  /** The names that lead to it, those of lists left out. */
  path: readonly string[];
  /** Whether it is the name of a field, and no value. */
  isName: boolean;
}

function markedIn(value: unknown, path: readonly string[] = []): Marked[] {
  if (typeof value === 'string') return value.includes(MARK) ? [{ path, isName: false }] : [];
  if (Array.isArray(value)) return value.flatMap((each) => markedIn(each, path));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...(name.includes(MARK) ? [{ path: [...path, name], isName: true }] : []),
    ...markedIn(each, [...path, name]),
  ]);
}

/** Fails unless each marked text is a plain value in a filter or a literal; gives how many there are. */
export function expectOnlyValues(commands: readonly ReadCommand[]): number {
  const marked = commands.flatMap(({ command }) => markedIn(command));
  for (const { path, isName } of marked) {
    const where = path.join('.');
    expect(isName, where).toBe(false);
    const last = path.at(-1) ?? '';
    const around = path.slice(0, -1).filter((step) => step.startsWith('$'));
    const isEqual = !last.startsWith('$') && around.every((step) => FILTERS.includes(step));
    expect(HOLDERS.includes(last) || isEqual, where).toBe(true);
  }
  // A text of a user's may well say so: as a text it stands in escaped quotes.
  for (const { command } of commands) {
    expect(JSON.stringify([command['filter'], command['pipeline']])).not.toMatch(FORBIDDEN);
  }
  return marked.length;
}

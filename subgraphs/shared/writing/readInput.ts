import { z } from 'zod';
import { isRecord } from '../isRecord.ts';
import type { Problem } from './Problem.ts';
import { toProblems } from './toProblems.ts';

/** An input as far as it could be read, with all that is wrong with it. */
export interface ReadInput {
  /** The fields that are right; null is a field to be emptied. */
  fields: Record<string, unknown>;
  problems: Problem[];
}

/**
 * Reads each field of an input by itself: what is right serves on, what is wrong is a problem each.
 * @param onlyGiven Leave out what a field has when it is not given.
 */
export function readInput(shape: z.ZodObject, input: unknown, onlyGiven = false): ReadInput {
  const given = isRecord(input) ? input : {};
  const whole = shape.safeParse(given);
  const fields: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape.shape)) {
    if (onlyGiven && given[name] === undefined) continue;
    const read = z.safeParse(schema, given[name]);
    if (read.success) fields[name] = read.data;
  }
  return { fields, problems: whole.success ? [] : toProblems(whole.error, ['input']) };
}

/** Values at a path through objects and lists, each with where it stands. */
export function valuesAt(value: unknown, path: string): { at: string; value: string }[] {
  const [step = '', ...rest] = path.split('.');
  const next = isRecord(value) ? value[step] : undefined;
  const items: [string, unknown][] = Array.isArray(next)
    ? next.map((item, index) => [`${step}.${index}`, item])
    : [[step, next]];
  if (!rest.length) {
    return items.flatMap(([at, item]) => (typeof item === 'string' ? [{ at, value: item }] : []));
  }
  return items.flatMap(([at, item]) =>
    valuesAt(item, rest.join('.')).map((found) => ({ ...found, at: `${at}.${found.at}` })),
  );
}

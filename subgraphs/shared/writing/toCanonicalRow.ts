import { isRecord } from '../isRecord.ts';

const isNothing = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && !value.length);

/**
 * An input in the one form that rows of the same content share, whatever file they come from: texts in NFC
 * and trimmed, and nothing said of fields that are null, empty lists among them.
 */
export function toCanonicalRow(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (Array.isArray(value)) return value.map(toCanonicalRow);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => !isNothing(each));
  return Object.fromEntries(entries.map(([name, each]) => [name, toCanonicalRow(each)]));
}

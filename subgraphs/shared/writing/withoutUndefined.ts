import { isRecord } from '../isRecord.ts';

/** The value as the database gives it back: fields without a value are not there, at any depth. */
export function withoutUndefined<TValue>(value: TValue): TValue {
  if (Array.isArray(value)) return value.map(withoutUndefined) as TValue;
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.map(([name, each]) => [name, withoutUndefined(each)]),
  ) as TValue;
}

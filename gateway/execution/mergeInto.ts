import { isRecord } from '../../subgraphs/shared/isRecord.ts';

/** Sets a field as an object's own, whatever its name: a client may call one `__proto__`. */
export function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else object[name] = value;
}

/** Merges what a fetch brought into what is there: objects field by field, lists item by item. */
export function mergeInto(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const name of Object.keys(source)) {
    const value = source[name];
    if (value === undefined) continue;
    const existing = Object.hasOwn(target, name) ? target[name] : undefined;
    if (isRecord(existing) && isRecord(value)) mergeInto(existing, value);
    else if (Array.isArray(existing) && Array.isArray(value)) mergeLists(existing, value);
    // A subgraph that failed to bring a value must not take away one that another has brought.
    else if (existing === undefined || value !== null) setOwn(target, name, value);
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  source.forEach((value, index) => {
    const existing = target[index];
    if (isRecord(existing) && isRecord(value)) mergeInto(existing, value);
    else if (Array.isArray(existing) && Array.isArray(value)) mergeLists(existing, value);
    else if (existing === undefined || value !== null) target[index] = value;
  });
}

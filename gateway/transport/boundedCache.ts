/** Remembers what `compute` gave for the `limit` keys that were used last. What throws is not kept. */
export function boundedCache<V>(limit: number, compute: (key: string) => V): (key: string) => V {
  // A Map keeps the order of insertion: its first key is the one used longest ago.
  const values = new Map<string, { value: V }>();
  return (key) => {
    const entry = values.get(key) ?? { value: compute(key) };
    values.delete(key);
    values.set(key, entry);
    const [oldest] = values.keys();
    if (oldest !== undefined && values.size > limit) values.delete(oldest);
    return entry.value;
  };
}

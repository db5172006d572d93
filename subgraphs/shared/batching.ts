/** Puts rows in the order of `keys`, `null` where a key has none: what a DataLoader must answer. */
export function alignToKeys<TKey, TRow>(
  keys: readonly TKey[],
  rows: readonly TRow[],
  keyOf: (row: TRow) => TKey,
): (TRow | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

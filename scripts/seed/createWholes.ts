/**
 * Looks up, for a record, what it is part of, what that is part of, and so on to the top.
 * Throws when a record turns out to be part of itself.
 */
export function createWholes<TRecord extends { id: string }>(
  records: readonly TRecord[],
  wholeOf: (record: TRecord) => string | undefined,
): (id: string) => string[] {
  const wholes = new Map(records.map((record) => [record.id, wholeOf(record)]));
  return (id) => {
    const found: string[] = [];
    for (let whole = wholes.get(id); whole; whole = wholes.get(whole)) {
      if (found.includes(whole)) throw new Error(`${id} is part of itself`);
      found.push(whole);
    }
    return found;
  };
}

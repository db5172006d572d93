/** The row, which the data promise to be there. Throws when it is not: a fault of the data, not of the caller. */
export function present<TRow>(row: TRow | null, id: string): TRow {
  if (row === null) throw new Error(`the record ${id} is referred to but not there`);
  return row;
}

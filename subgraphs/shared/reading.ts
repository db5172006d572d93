/** A function of a stored row that says which of its fields it reads. */
export type Reading<TFunction> = TFunction & Declaration;

export interface Declaration {
  readonly reads: readonly string[];
  /** The row itself is part of what the function gives. */
  readonly passesRowOn?: boolean;
}

/**
 * Declares which fields of its row a resolver reads. It sees no others, so that the compiler finds
 * one that was forgotten, and commands need not ask for more than is declared.
 */
export function reading<
  TRow,
  const TField extends keyof TRow & string,
  TRest extends unknown[],
  TResult,
>(
  reads: readonly TField[],
  resolve: (row: Pick<TRow, TField>, ...rest: TRest) => TResult,
): Reading<(row: TRow, ...rest: TRest) => TResult> {
  return Object.assign(resolve, { reads });
}

/**
 * Declares the same of a resolver whose answer holds the row itself, which is given once more to be
 * handed on and not to be read: what is selected of it there is read as well.
 */
export function passingOn<
  TRow,
  const TField extends keyof TRow & string,
  TRest extends unknown[],
  TResult,
>(
  reads: readonly TField[],
  resolve: (row: Pick<TRow, TField>, itself: TRow, ...rest: TRest) => TResult,
): Reading<(row: TRow, ...rest: TRest) => TResult> {
  return Object.assign((row: TRow, ...rest: TRest) => resolve(row, row, ...rest), {
    reads,
    passesRowOn: true,
  });
}

/** The items that are there, each once. */
export const unique = <TItem>(items: readonly (TItem | null | undefined)[]): TItem[] => [
  ...new Set(items.filter((item) => item !== null && item !== undefined)),
];

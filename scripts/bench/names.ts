/** What is measured against what. */
export const variantNames = [
  'embedded',
  'unguarded',
  'distributed',
  'stock',
  'hive',
  'yoga',
  'mercurius-jit',
  'limit',
] as const;
export type VariantName = (typeof variantNames)[number];

export const operationNames = ['shallow', 'nested', 'deep', 'single', 'statistics', 'mix'] as const;
export type OperationName = (typeof operationNames)[number];

/** `stub`: the database's answers are replayed from memory. `mongodb`: a real one answers. */
export const databaseNames = ['stub', 'mongodb'] as const;
export type DatabaseName = (typeof databaseNames)[number];

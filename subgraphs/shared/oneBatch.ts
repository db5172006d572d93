/** Options of a read that brings all it finds with one command, however many rows those are. */
export const oneBatch = { batchSize: 1_000_000 } as const;

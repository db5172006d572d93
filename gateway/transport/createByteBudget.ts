/** What all who share it hold in bytes. */
export interface ByteBudget {
  /** Takes some; false when there are not so many left. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** Bounds the bytes of answers that are being read at once. */
export function createByteBudget(limit: number): ByteBudget {
  let left = limit;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    give: (bytes) => void (left += bytes),
  };
}

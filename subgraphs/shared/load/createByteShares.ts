/** Bytes that clients share. */
export interface ByteShares {
  /** Takes some for a client; false when there are not so many left, or it has its share. */
  take(client: string, bytes: number): boolean;
  give(client: string, bytes: number): void;
  taken(): number;
}

/** Makes bytes to share, of which one client may have `perClient` at most. */
export function createByteShares({
  total,
  perClient,
}: {
  total: number;
  perClient: number;
}): ByteShares {
  const takenBy = new Map<string, number>();
  let taken = 0;
  return {
    take(client, bytes) {
      const own = (takenBy.get(client) ?? 0) + bytes;
      if (taken + bytes > total || own > perClient) return false;
      taken += bytes;
      takenBy.set(client, own);
      return true;
    },
    give(client, bytes) {
      taken -= bytes;
      const own = (takenBy.get(client) ?? 0) - bytes;
      if (own > 0) takenBy.set(client, own);
      else takenBy.delete(client);
    },
    taken: () => taken,
  };
}

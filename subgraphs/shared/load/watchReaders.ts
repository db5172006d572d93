import type { ServerResponse } from 'node:http';

export interface ReadersSettings {
  /** How many bytes of answers may wait to be read, all together. */
  totalBytes: number;
  /** How long a client may take nothing of its answer. */
  timeoutMs: number;
}

/** Watches answers until clients have read them. */
export interface Readers {
  /** Whether an answer can be sent; then it is watched. */
  admit(response: ServerResponse, bytes: number): boolean;
  unreadBytes(): number;
}

/** Smaller answers find room in the buffers of the system. */
export const LARGE_ANSWER_BYTES = 64 * 1024;

/** However steadily it reads: who is slower than this holds memory for the sake of holding it. */
const SLOWEST_BYTES_PER_S = 16 * 1024;

interface Unread {
  since: number;
  /** Cuts it off. */
  drop(): void;
}

/**
 * Watches large answers: who takes nothing of one for a while, or too little of it, loses its connection. When too
 * much is unread, who has taken longest loses it at once, or there is no room for more.
 */
export function watchReaders({ totalBytes, timeoutMs }: ReadersSettings): Readers {
  /** The one that was sent first comes first. */
  const unread = new Set<Unread>();
  let unreadBytes = 0;

  const makeRoom = (bytes: number): boolean => {
    const late = performance.now() - timeoutMs / 4;
    for (const { since, drop } of unread) {
      if (unreadBytes + bytes <= totalBytes || since > late) break;
      drop();
    }
    return unreadBytes + bytes <= totalBytes || unread.size === 0;
  };

  const watch = (response: ServerResponse, bytes: number) => {
    const drop = () => {
      forget();
      response.destroy();
    };
    const one: Unread = { since: performance.now(), drop };
    const end = setTimeout(drop, 3 * timeoutMs + (bytes / SLOWEST_BYTES_PER_S) * 1_000);
    const forget = () => {
      clearTimeout(end);
      if (unread.delete(one)) unreadBytes -= bytes;
    };
    unread.add(one);
    unreadBytes += bytes;
    // Counts from when something was taken last.
    response.setTimeout(timeoutMs);
    response.once('finish', forget);
    response.once('close', forget);
  };

  return {
    admit(response, bytes) {
      if (!makeRoom(bytes)) return false;
      watch(response, bytes);
      return true;
    },
    unreadBytes: () => unreadBytes,
  };
}

export interface BreakerSettings {
  /** So many failures in a row open it; 0: none do. */
  failures: number;
  pauseMs: number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Stops asking who does not answer anyway, and finds out when that is over. */
export interface Breaker {
  state(): BreakerState;
  /** How long it stays open; 0 when somebody may ask. Who is let through then must tell how it went. */
  pauseLeft(): number;
  /** Lets somebody through: the only one, after a pause. */
  enter(): void;
  succeeded(): void;
  /** `since` is when the failed try began, by `performance.now()`. */
  failed(since: number): void;
  /** It says nothing about the health of who was asked. */
  undecided(): void;
}

/** A restart under load must not open the breaker: what fails must have lasted for so long. */
const LASTING_MS = 1_000;

/**
 * Makes a breaker. It opens when failures in a row are many, and have lasted for a second: any success in
 * between starts the count anew. After a pause one try decides; others are not kept waiting for it.
 */
export function createBreaker({ failures, pauseMs }: BreakerSettings): Breaker {
  let failed = 0;
  let illSince = Infinity;
  let openUntil: number | undefined;
  let openedAt = 0;
  let isTrying = false;

  const pauseLeft = () => {
    if (openUntil === undefined) return 0;
    return isTrying ? pauseMs : Math.max(0, openUntil - performance.now());
  };

  return {
    state: () => (openUntil === undefined ? 'closed' : isTrying ? 'half-open' : 'open'),
    pauseLeft,
    enter() {
      if (openUntil !== undefined) isTrying = true;
    },
    succeeded() {
      failed = 0;
      illSince = Infinity;
      openUntil = undefined;
      isTrying = false;
    },
    failed(since) {
      // What had begun before it opened tells nothing new.
      if (openUntil !== undefined && since < openedAt) return;
      failed += 1;
      illSince = Math.min(illSince, since);
      const now = performance.now();
      const isLasting = failed >= failures && now - illSince >= LASTING_MS;
      if (openUntil !== undefined || (failures > 0 && isLasting)) {
        openUntil = now + pauseMs;
        openedAt = now;
      }
      isTrying = false;
    },
    undecided() {
      isTrying = false;
    },
  };
}

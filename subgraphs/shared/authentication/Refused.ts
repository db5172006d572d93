const CODES = {
  401: 'UNAUTHENTICATED',
  429: 'RATE_LIMITED',
  503: 'SERVICE_UNAVAILABLE',
} as const;

/** A request that is turned away for what it shows of its sender, or fails to show. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** 401 when it is the sender's to mend, 429 when there are too many, 503 when it can't be judged at the moment. */
  readonly status: 401 | 429 | 503;
  /** When it may be tried again. */
  readonly retryAfterS: number | undefined;

  /** What clients find in the error. */
  get code(): string {
    return CODES[this.status];
  }

  constructor(message: string, status: 401 | 429 | 503 = 401, retryAfterS?: number) {
    super(message);
    this.status = status;
    this.retryAfterS = retryAfterS;
  }
}

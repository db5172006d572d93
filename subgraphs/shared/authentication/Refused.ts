/** A request that is turned away for what it shows of its sender, or fails to show. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** 401 when it is the sender's to mend, 503 when it can't be judged at the moment. */
  readonly status: 401 | 503;

  constructor(message: string, status: 401 | 503 = 401) {
    super(message);
    this.status = status;
  }
}

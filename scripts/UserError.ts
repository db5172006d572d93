/** An error that the user can mend: scripts print its message and hints, never its stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hints: readonly string[];

  /** @param hints Lines that say more, or how to mend it; printed below the message. */
  constructor(message: string, hints: readonly string[] = []) {
    super(message);
    this.hints = hints;
  }
}

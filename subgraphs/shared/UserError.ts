/** An error that the user can mend: scripts print its message and hints, never its stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Lines that say how to mend it, printed below the message. */
  readonly hints: readonly string[];

  constructor(message: string, hints: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.hints = hints;
  }
}

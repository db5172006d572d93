/** The import could not go on: what is done stays done, and a later run goes on from there. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Data that are written as JSON already: whoever writes the answer takes the text as it is. */
export class JsonText {
  readonly text: string;
  /** As an object among objects it may have any other field, and has none. */
  [field: string]: unknown;

  constructor(text: string) {
    this.text = text;
  }
}

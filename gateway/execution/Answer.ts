import { GraphQLError, type DocumentNode, type ExecutionResult } from 'graphql';

/** Where something stands in an answer. */
export type ResponsePath = readonly (string | number)[];

/** Answers what a client asks of the schema itself. */
type AskSchema = (document: DocumentNode) => ExecutionResult;

/** What has gone wrong with one answer, and where its writing has got to. */
export class Answer {
  readonly errors: GraphQLError[];
  /** Path of what is being written. */
  readonly path: (string | number)[] = [];
  private readonly askSchema: AskSchema;

  constructor(errors: GraphQLError[], askSchema: AskSchema) {
    this.errors = errors;
    this.askSchema = askSchema;
  }

  /** What the client asks here of the schema itself, by response name. */
  introspect(document: DocumentNode): Record<string, unknown> {
    const { data, errors = [] } = this.askSchema(document);
    for (const { message, path = [] } of errors) {
      this.errors.push(new GraphQLError(message, { path: [...this.path, ...path] }));
    }
    return data ?? {};
  }

  /** A subgraph gave something that cannot stand here. */
  invalid(message: string, name?: string): undefined {
    const path = name === undefined ? [...this.path] : [...this.path, name];
    this.errors.push(
      new GraphQLError(message, { path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }),
    );
    return undefined;
  }

  /** There is null where none may be. An error that tells why, at this place or above or below it, is enough. */
  missing(message: string, name?: string): undefined {
    const path = name === undefined ? this.path : [...this.path, name];
    const isTold = this.errors.some((error) => error.path && onOneLine(error.path, path));
    return isTold ? undefined : this.invalid(message, name);
  }
}

/** Whether one of two paths leads through the other. */
function onOneLine(a: ResponsePath, b: ResponsePath): boolean {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

import { GraphQLError, type DocumentNode, type ExecutionResult } from 'graphql';
import type { AnswerErrors } from './AnswerErrors.ts';

/** Where something stands in an answer. */
export type ResponsePath = readonly (string | number)[];

/** Answers what a client asks of the schema itself. */
type AskSchema = (document: DocumentNode) => ExecutionResult;

/** What has gone wrong with one answer, and where its writing has got to. */
export class Answer {
  readonly errors: AnswerErrors;
  /** Path of what is being written. */
  readonly path: (string | number)[] = [];
  private readonly askSchema: AskSchema;

  constructor(errors: AnswerErrors, askSchema: AskSchema) {
    this.errors = errors;
    this.askSchema = askSchema;
  }

  /** What the client asks here of the schema itself, by response name. */
  introspect(document: DocumentNode): Record<string, unknown> {
    const { data, errors = [] } = this.askSchema(document);
    for (const { message, path = [] } of errors) {
      this.errors.add(new GraphQLError(message, { path: [...this.path, ...path] }));
    }
    return data ?? {};
  }

  /** A subgraph gave something that cannot stand here. */
  invalid(message: string, name?: string): undefined {
    if (this.errors.isFull) return undefined;
    const path = name === undefined ? [...this.path] : [...this.path, name];
    this.errors.add(
      new GraphQLError(message, { path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }),
    );
    return undefined;
  }

  /** There is null where none may be. An error that tells why, at this place or above or below it, is enough. */
  missing(message: string, name?: string): undefined {
    const path = name === undefined ? this.path : [...this.path, name];
    return this.errors.hasOnLineOf(path) ? undefined : this.invalid(message, name);
  }
}

/** What can be wrong with a write that its author can mend. The enum `UserErrorCode` of the schema. */
export type ProblemCode =
  | 'INVALID'
  | 'NOT_FOUND'
  | 'TAKEN'
  | 'CONFLICT'
  | 'KEY_REUSED'
  | 'PRIVACY'
  | 'IN_USE'
  | 'FORBIDDEN';

/** One thing that is wrong with a write: the type `UserError` of the schema. */
export interface Problem {
  code: ProblemCode;
  /** Says what to do. */
  message: string;
  /** The argument, then fields and indexes within it, such as `input`, `measure`, `value`. */
  path: string[];
}

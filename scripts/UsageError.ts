import { UserError } from '../subgraphs/shared/UserError.ts';

/** A command that was called wrongly: its process ends with exit code 2. */
export class UsageError extends UserError {}

import type { OperationResult } from '../../execution/createExecutor.ts';

/** How old an answer is that everybody may have, and how old it may get; in seconds. */
export interface Freshness {
  maxAgeS: number;
  ageS: number;
}

/** How fresh an answer is as a whole; undefined where it holds errors, or what only who asked may see. */
export const freshnessOf = ({
  freshness,
  errors,
  extensions,
}: OperationResult): Freshness | undefined => (errors.length || extensions ? undefined : freshness);

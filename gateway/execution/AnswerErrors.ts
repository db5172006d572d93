import type { GraphQLError } from 'graphql';
import { MOST_ERRORS_KEPT } from './shorten.ts';

/** A step down from the top of an answer. */
interface Place {
  /** Whether an error stands here. */
  isKnown: boolean;
  below: Map<string | number, Place>;
}

const emptyPlace = (): Place => ({ isKnown: false, below: new Map() });

/**
 * What has gone wrong with one answer. A subgraph can have millions of things go wrong in one fetch: no more are
 * kept than are of use to anybody.
 */
export class AnswerErrors {
  readonly kept: GraphQLError[] = [];
  private readonly top = emptyPlace();

  get isFull(): boolean {
    return this.kept.length >= MOST_ERRORS_KEPT;
  }

  add(error: GraphQLError): void {
    if (this.isFull) return;
    this.kept.push(error);
    if (!error.path) return;
    let place = this.top;
    for (const step of error.path) {
      const known = place.below.get(step);
      const next = known ?? emptyPlace();
      if (!known) place.below.set(step, next);
      place = next;
    }
    place.isKnown = true;
  }

  /** Whether an error stands at this place, or above or below it. */
  hasOnLineOf(path: readonly (string | number)[]): boolean {
    let place = this.top;
    for (const step of path) {
      if (place.isKnown) return true;
      const next = place.below.get(step);
      if (!next) return false;
      place = next;
    }
    return place !== this.top || place.isKnown || place.below.size > 0;
  }
}

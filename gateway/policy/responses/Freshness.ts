/** How old an answer is that everybody may have, and how old it may get; in seconds. */
export interface Freshness {
  maxAgeS: number;
  ageS: number;
}

import { firstDay } from '../../shared/partialDate.ts';
import { searchFields } from '../../shared/search.ts';
import type { SourceRow } from '../models/Source.ts';

/** What is stated of a source. */
export type SourceStated = Omit<SourceRow, 'publishedSort' | 'searchPrefixes' | 'searchText'>;

/** The row of a source. @param others Names of the publisher that it is found by too. */
export const toSourceRow = (
  stated: SourceStated,
  others: readonly (string | undefined)[] = [],
): SourceRow => ({
  ...stated,
  publishedSort: firstDay(stated.publishedAt),
  // By title and publisher; never by byline, which may name a private person.
  ...searchFields([stated.title, stated.publisher, ...others]),
});

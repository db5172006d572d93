/**
 * The field that a record keeps its place in: alone, or with the units above it, so that the record
 * is found by each of them. Descendants count unless that is denied.
 */
export const unitField = (includeDescendants: boolean | null | undefined) =>
  includeDescendants === false ? 'unitId' : 'unitLineage';

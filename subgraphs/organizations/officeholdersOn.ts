import { firstDay, lastDay } from '../shared/partialDate.ts';
import type { OfficialTerm, PublicOfficialRow } from './models/PublicOfficial.ts';

/** A term of office together with who holds it. */
export type OfficeTermRow = OfficialTerm & { official: PublicOfficialRow };

/** The terms of one official, each knowing its holder. */
export const termsOf = (official: PublicOfficialRow): OfficeTermRow[] =>
  official.terms.map((term) => ({ ...term, official }));

/**
 * Whether a term covers some day of `asOf`. Where its extent is known, a missing end is open; a term
 * known only by a sighting counts on the day seen and never between two sightings.
 */
function covers({ seenOn, validFrom, validTo }: OfficialTerm, asOf: string): boolean {
  const from = validFrom ?? (validTo ? null : seenOn);
  const to = validTo ?? (validFrom ? null : seenOn);
  if (!from && !to) return false;
  return (!from || firstDay(from) <= lastDay(asOf)) && (!to || lastDay(to) >= firstDay(asOf));
}

/** The terms that `officials` hold in an organization, on some day of `asOf` if it is given. */
export function officeholdersOn(
  officials: readonly PublicOfficialRow[],
  organizationId: string,
  asOf: string | null | undefined,
): OfficeTermRow[] {
  return officials
    .flatMap(termsOf)
    .filter((term) => term.organizationId === organizationId && (!asOf || covers(term, asOf)));
}

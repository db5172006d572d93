import type { Collection, Row } from './reads.ts';

/** The collections that answers are read from. */
export type Collections = Record<
  | 'organizations'
  | 'units'
  | 'campaigns'
  | 'activities'
  | 'outcomes'
  | 'metrics'
  | 'participations'
  | 'recognitions',
  Collection
>;

export const NAME = { 'name.vi': 1 } as const;
export const byName = { nameSort: 1 } as const;
export const latestFirst = { latestFirst: -1 } as const;

/** Plain fields of a row, null where it has none. */
export function pickFields(row: Row, fields: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const field of fields) picked[field] = field === 'id' ? row._id : (row[field] ?? null);
  return picked;
}

export const projectionOf = (fields: readonly string[]) =>
  Object.fromEntries(
    fields.map((field) =>
      field === 'name' ? ['name.vi', 1] : [field === 'id' ? '_id' : field, 1],
    ),
  );

export const oneOf = (values: readonly string[]) =>
  values.length === 1 ? values[0] : { $in: values };

export const named = (row: Row | undefined) => (row ? { name: row.name } : null);

export const unitIdOf = (row: Row) => String(row['unitId']);
export const campaignIdOf = (row: Row) => String(row['campaignId']);

interface Issuer {
  organizationId?: string | null;
}

const issuersOf = (row: Row) => row['issuers'] as Issuer[];
export const issuerIds = (row: Row) => issuersOf(row).map(({ organizationId }) => organizationId);

/** The issuers of a recognition, each with the name of the organization. */
export const toIssuers = (row: Row, organizations: ReadonlyMap<string, Row>) =>
  issuersOf(row).map(({ organizationId }) => ({
    organization: organizationId ? named(organizations.get(organizationId)) : null,
  }));

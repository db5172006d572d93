import { UserError } from '../../subgraphs/shared/UserError.ts';

/**
 * Looks up, for a record, what `field` says it is part of, what that is part of, and so on to the
 * top. Throws a UserError when a record turns out to be part of itself.
 */
export function createWholes<Field extends string>(
  records: readonly ({ id: string } & { [Name in Field]?: string | undefined })[],
  field: Field,
): (id: string) => string[] {
  const wholes = new Map(records.map((record) => [record.id, record[field]]));
  return (id) => {
    const found: string[] = [];
    for (let whole = wholes.get(id); whole; whole = wholes.get(whole)) {
      if (found.includes(whole)) throw new UserError(`${whole} ${field}: it is part of itself`);
      found.push(whole);
    }
    return found;
  };
}

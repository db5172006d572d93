import { GraphQLError } from 'graphql';
import { badUserInput, forbidden } from '../errors.ts';
import type { Viewer } from '../Viewer.ts';
import type { WriteManner, WriteRequest, WriteResult } from './createWriter.ts';
import { hashOf } from './idempotency.ts';
import { isAdministrator, requireWriter } from './mayWrite.ts';
import type { Problem } from './Problem.ts';
import { toCanonicalRow } from './toCanonicalRow.ts';

/** More rows in one request could take longer than a request may. */
const MOST_ROWS = 200;

interface Arguments {
  agencyId: string;
  rows: readonly unknown[];
  dryRun: boolean;
}

/** The type `ImportResult` of the schema. */
interface ImportResult {
  index: number;
  status: 'ACCEPTED' | 'ALREADY' | 'REFUSED';
  id: string | null;
  userErrors: Problem[];
}

interface Imported<TField extends string, TRow, TLoaders> {
  /** The name of the kind's mutations, such as `outcome`. */
  field: TField;
  /** Whose scope is needed; null where that of any subgraph serves. */
  scopeOf: string | null;
  write(request: WriteRequest, viewer: Viewer, manner: WriteManner): Promise<WriteResult<TRow>>;
  createLoaders(): TLoaders;
}

/** Throws unless the viewer writes here, for this agency: `UNAUTHENTICATED`, `FORBIDDEN`. */
function requireImporter(viewer: Viewer, scopeOf: string | null, agencyId: string): void {
  requireWriter(viewer, scopeOf);
  if (isAdministrator(viewer) || viewer.agency === agencyId) return;
  throw forbidden(
    `This key is that of ${viewer.agency ?? 'no agency'}, not of ${agencyId}: ` +
      'take the key of that agency, or name your own.',
  );
}

const refused = (index: number, problems: readonly Problem[]): ImportResult => ({
  index,
  status: 'REFUSED',
  id: null,
  userErrors: problems.map(({ path: [, ...within], ...rest }) => ({
    ...rest,
    path: ['rows', String(index), ...within],
  })),
});

/** A record of others is the business of its row alone; any other error ends the import. */
function toProblem(error: unknown): Problem {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== 'FORBIDDEN') throw error;
  return { code: 'FORBIDDEN', message: error.message, path: ['input'] };
}

/**
 * The mutation that creates many records of a kind, such as `outcomeImport`. Each row is a write of its own, with
 * its transaction, rights and audit entry; the key that keeps it from being written twice is made of what the
 * row says, and stands for good. When the database goes away midway the whole mutation fails with `UNAVAILABLE`:
 * sent again, the rows that were written are `ALREADY` there.
 */
export function importsFor<TField extends string, TRow extends { _id: string }, TLoaders>({
  field,
  scopeOf,
  write,
  createLoaders,
}: Imported<TField, TRow, TLoaders>) {
  const importRows = async (
    _parent: unknown,
    { agencyId, rows, dryRun }: Arguments,
    context: { viewer: Viewer; loaders: TLoaders },
  ): Promise<{ results: ImportResult[] }> => {
    const { viewer } = context;
    requireImporter(viewer, scopeOf, agencyId);
    if (rows.length > MOST_ROWS) {
      throw badUserInput(`An import takes ${MOST_ROWS} rows at once; these are ${rows.length}.`);
    }
    const results: ImportResult[] = [];
    // One after another: a row may refer to one before it.
    for (const [index, row] of rows.entries()) {
      const input = toCanonicalRow(row);
      const idempotencyKey = `import:${hashOf({ field, agencyId, input })}`;
      const request = { operation: 'CREATE', input, idempotencyKey } as const;
      const manner = { isTrial: dryRun, keepsKey: true };
      const { problems, ...written } = await write(request, viewer, manner).catch(
        (error: unknown) => ({ row: null, problems: [toProblem(error)], isRepeated: false }),
      );
      if (problems.length) {
        results.push(refused(index, problems));
        continue;
      }
      const isThere = written.isRepeated ?? false;
      const id = isThere || !dryRun ? (written.row?._id ?? null) : null;
      results.push({ index, status: isThere ? 'ALREADY' : 'ACCEPTED', id, userErrors: [] });
    }
    context.loaders = createLoaders();
    return { results };
  };
  return { [`${field}Import`]: importRows } as Record<`${TField}Import`, typeof importRows>;
}

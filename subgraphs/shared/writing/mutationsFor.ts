import type { Viewer } from '../Viewer.ts';
import type { Operation } from './AuditEntry.ts';
import type { WriteRequest, WriteResult } from './createWriter.ts';
import type { Problem } from './Problem.ts';

/** The arguments of any mutation of a record. */
type Arguments = Omit<WriteRequest, 'operation'>;

interface Context<TLoaders> {
  viewer: Viewer;
  loaders: TLoaders;
}

/** What a mutation answers: the record under its name, and what was wrong. */
type Payload<TField extends string, TRow> = Record<TField, TRow | null> & {
  userErrors: Problem[];
};

type Mutate<TField extends string, TRow, TLoaders> = (
  parent: unknown,
  given: Arguments,
  context: Context<TLoaders>,
) => Promise<Payload<TField, TRow>>;

const verbs = {
  Create: 'CREATE',
  Update: 'UPDATE',
  Correct: 'CORRECT',
  Withdraw: 'WITHDRAW',
} as const satisfies Record<string, Operation>;

/**
 * The four mutations of a kind of record, such as `outcomeCreate`. What is read for their answers is read
 * after the write: loaders that an earlier mutation of the request has filled are not asked.
 */
export function mutationsFor<TField extends string, TRow, TLoaders>(
  field: TField,
  write: (request: WriteRequest, viewer: Viewer) => Promise<WriteResult<TRow>>,
  createLoaders: () => TLoaders,
) {
  const mutate =
    (operation: Operation): Mutate<TField, TRow, TLoaders> =>
    async (_parent, given, context) => {
      const { row, problems } = await write({ ...given, operation }, context.viewer);
      context.loaders = createLoaders();
      return { [field]: row, userErrors: [...problems] } as Payload<TField, TRow>;
    };
  const entries = Object.entries(verbs).map(([verb, operation]) => [
    field + verb,
    mutate(operation),
  ]);
  return Object.fromEntries(entries) as Record<
    `${TField}${keyof typeof verbs}`,
    Mutate<TField, TRow, TLoaders>
  >;
}

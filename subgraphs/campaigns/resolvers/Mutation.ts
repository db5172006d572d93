import { importsFor } from '../../shared/writing/importsFor.ts';
import { mutationsFor } from '../../shared/writing/mutationsFor.ts';
import type { RecordKind, StoredRow } from '../../shared/writing/RecordKind.ts';
import type { MutationResolvers } from '../__generated__/types.ts';
import { createLoaders } from '../loaders.ts';
import { kinds } from '../writing/kinds.ts';
import type { Targets } from '../writing/targets.ts';
import { write } from '../writing/write.ts';

const { campaign, activity, participation, securityModel, outcome } = kinds;

/** All mutations of one kind of record. */
const allFor = <TField extends string, TRow extends StoredRow, TStated extends object>(
  field: TField,
  kind: RecordKind<Targets, TRow, TStated>,
) => ({
  ...mutationsFor(field, (...given) => write(kind, ...given), createLoaders),
  ...importsFor({
    field,
    scopeOf: 'campaigns',
    write: (...given) => write(kind, ...given),
    createLoaders,
  }),
});

export const Mutation: MutationResolvers = {
  ...allFor('campaign', campaign),
  ...allFor('activity', activity),
  ...allFor('participation', participation),
  ...allFor('securityModel', securityModel),
  ...allFor('outcome', outcome),
};

import { importsFor } from '../../shared/writing/importsFor.ts';
import { mutationsFor } from '../../shared/writing/mutationsFor.ts';
import type { MutationResolvers } from '../__generated__/types.ts';
import { createLoaders } from '../loaders.ts';
import { kinds } from '../writing/kinds.ts';
import { write } from '../writing/write.ts';

const { sourceCreate } = mutationsFor(
  'source',
  (...given) => write(kinds.source, ...given),
  createLoaders,
);

export const Mutation: MutationResolvers = {
  // Sources are created and never changed.
  sourceCreate,
  ...importsFor({
    field: 'source',
    scopeOf: null,
    write: (...given) => write(kinds.source, ...given),
    createLoaders,
  }),
  ...mutationsFor('organization', (...given) => write(kinds.organization, ...given), createLoaders),
  ...importsFor({
    field: 'organization',
    scopeOf: 'organizations',
    write: (...given) => write(kinds.organization, ...given),
    createLoaders,
  }),
};

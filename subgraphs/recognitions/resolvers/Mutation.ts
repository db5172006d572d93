import { importsFor } from '../../shared/writing/importsFor.ts';
import { mutationsFor } from '../../shared/writing/mutationsFor.ts';
import type { MutationResolvers } from '../__generated__/types.ts';
import { createLoaders } from '../loaders.ts';
import { kinds } from '../writing/kinds.ts';
import { write } from '../writing/write.ts';

export const Mutation: MutationResolvers = {
  ...mutationsFor('recognition', (...given) => write(kinds.recognition, ...given), createLoaders),
  ...importsFor({
    field: 'recognition',
    scopeOf: 'recognitions',
    write: (...given) => write(kinds.recognition, ...given),
    createLoaders,
  }),
};

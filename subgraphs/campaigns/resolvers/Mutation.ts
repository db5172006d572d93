import { mutationsFor } from '../../shared/writing/mutationsFor.ts';
import type { MutationResolvers } from '../__generated__/types.ts';
import { createLoaders } from '../loaders.ts';
import { kinds } from '../writing/kinds.ts';
import { write } from '../writing/write.ts';

const { campaign, activity, participation, securityModel, outcome } = kinds;

export const Mutation: MutationResolvers = {
  ...mutationsFor('campaign', (...given) => write(campaign, ...given), createLoaders),
  ...mutationsFor('activity', (...given) => write(activity, ...given), createLoaders),
  ...mutationsFor('participation', (...given) => write(participation, ...given), createLoaders),
  ...mutationsFor('securityModel', (...given) => write(securityModel, ...given), createLoaders),
  ...mutationsFor('outcome', (...given) => write(outcome, ...given), createLoaders),
};

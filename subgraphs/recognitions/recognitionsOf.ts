import type { GraphQLResolveInfo } from 'graphql';
import { readPageArguments, type PageArguments } from '../shared/pageArguments.ts';
import type { InputMaybe, RecognitionFilter, RecognitionSort } from './__generated__/types.ts';
import { recognitionConditions } from './conditions.ts';
import type { Loaders } from './loaders.ts';
import { recognitionOrders } from './orders.ts';

/** One page of the recognitions of a parent, which `parentField` names. */
export function recognitionsOf(
  loaders: Loaders,
  parentField: string,
  parentId: string,
  {
    filter,
    sort,
    ...page
  }: PageArguments & {
    filter?: InputMaybe<RecognitionFilter>;
    sort: InputMaybe<RecognitionSort>;
  },
  info: GraphQLResolveInfo,
) {
  return loaders.recognitionPage.load(parentId, info, () => {
    const order = recognitionOrders[sort ?? 'CONFERRED_DESC'];
    return {
      parentField,
      conditions: recognitionConditions(filter),
      order,
      page: readPageArguments(page, order),
    };
  });
}

import type { GraphQLResolveInfo } from 'graphql';
import { oneOf } from '../shared/condition.ts';
import { readPageArguments, type PageArguments } from '../shared/pageArguments.ts';
import type {
  ActivityFilter,
  ActivitySort,
  CampaignKind,
  CampaignSort,
  InputMaybe,
  ModelKind,
  OutcomeFilter,
  OutcomeSort,
  ParticipationFilter,
  ParticipationRole,
} from './__generated__/types.ts';
import { activityConditions, outcomeConditions, participationConditions } from './conditions.ts';
import type { Loaders } from './loaders.ts';
import {
  activityOrders,
  campaignOrders,
  modelsByName,
  outcomeOrders,
  participationsById,
} from './orders.ts';

/** Lists that several types have: each takes the field that names the parent, and the field's arguments. */

type Paged<TArguments> = TArguments & PageArguments;

export const campaignsOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  {
    kind,
    role,
    sort,
    ...page
  }: Paged<{
    kind?: InputMaybe<CampaignKind[]>;
    role?: InputMaybe<ParticipationRole[]>;
    sort: InputMaybe<CampaignSort>;
  }>,
  info: GraphQLResolveInfo,
) =>
  loaders.campaignPage.load(parentId, info, () => {
    const order = campaignOrders[sort ?? 'NAME'];
    return {
      parentField,
      roles: role ?? undefined,
      conditions: oneOf('kind', kind),
      order,
      page: readPageArguments(page, order),
    };
  });

export const activitiesOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  {
    filter,
    sort,
    ...page
  }: Paged<{ filter?: InputMaybe<ActivityFilter>; sort: InputMaybe<ActivitySort> }>,
  info: GraphQLResolveInfo,
) =>
  loaders.activityPage.load(parentId, info, () => {
    const order = activityOrders[sort ?? 'DATE_DESC'];
    return {
      parentField,
      conditions: activityConditions(filter),
      order,
      page: readPageArguments(page, order),
    };
  });

export const participationsOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  { filter, ...page }: Paged<{ filter?: InputMaybe<ParticipationFilter> }>,
  info: GraphQLResolveInfo,
) =>
  loaders.participationPage.load(parentId, info, () => ({
    parentField,
    conditions: participationConditions(filter),
    order: participationsById,
    page: readPageArguments(page, participationsById),
  }));

export const modelsOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  { kind, ...page }: Paged<{ kind?: InputMaybe<ModelKind[]> }>,
  info: GraphQLResolveInfo,
) =>
  loaders.modelPage.load(parentId, info, () => ({
    parentField,
    conditions: oneOf('kind', kind),
    order: modelsByName,
    page: readPageArguments(page, modelsByName),
  }));

export const outcomesOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  {
    filter,
    sort,
    ...page
  }: Paged<{ filter?: InputMaybe<OutcomeFilter>; sort: InputMaybe<OutcomeSort> }>,
  info: GraphQLResolveInfo,
) =>
  loaders.outcomePage.load(parentId, info, () => {
    const order = outcomeOrders[sort ?? 'METRIC'];
    return {
      parentField,
      conditions: outcomeConditions(filter),
      order,
      page: readPageArguments(page, order),
    };
  });

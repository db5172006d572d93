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
) => {
  const order = campaignOrders[sort ?? 'NAME'];
  return loaders
    .campaignPage({
      parentField,
      roles: role ?? undefined,
      conditions: oneOf('kind', kind),
      order,
      page: readPageArguments(page, order),
    })
    .load(parentId);
};

export const activitiesOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  {
    filter,
    sort,
    ...page
  }: Paged<{ filter?: InputMaybe<ActivityFilter>; sort: InputMaybe<ActivitySort> }>,
) => {
  const order = activityOrders[sort ?? 'DATE_DESC'];
  return loaders
    .activityPage({
      parentField,
      conditions: activityConditions(filter),
      order,
      page: readPageArguments(page, order),
    })
    .load(parentId);
};

export const participationsOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  { filter, ...page }: Paged<{ filter?: InputMaybe<ParticipationFilter> }>,
) =>
  loaders
    .participationPage({
      parentField,
      conditions: participationConditions(filter),
      order: participationsById,
      page: readPageArguments(page, participationsById),
    })
    .load(parentId);

export const modelsOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  { kind, ...page }: Paged<{ kind?: InputMaybe<ModelKind[]> }>,
) =>
  loaders
    .modelPage({
      parentField,
      conditions: oneOf('kind', kind),
      order: modelsByName,
      page: readPageArguments(page, modelsByName),
    })
    .load(parentId);

export const outcomesOf = (
  loaders: Loaders,
  parentField: string,
  parentId: string,
  {
    filter,
    sort,
    ...page
  }: Paged<{ filter?: InputMaybe<OutcomeFilter>; sort: InputMaybe<OutcomeSort> }>,
) => {
  const order = outcomeOrders[sort ?? 'METRIC'];
  return loaders
    .outcomePage({
      parentField,
      conditions: outcomeConditions(filter),
      order,
      page: readPageArguments(page, order),
    })
    .load(parentId);
};

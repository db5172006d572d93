import { readByIds, readChildren, type Row } from './reads.ts';
import { latestFirst, NAME, pickFields, type Collections } from './rows.ts';

/** Rows that belong to a parent, as they are answered. */
type ByParent = (parentId: string) => Record<string, unknown>[];

/** Of each organization its latest activities, with their first figures. */
export async function readAchievements(
  collections: Collections,
  organizationIds: readonly string[],
  wanted: { activities: number; outcomes: number },
): Promise<ByParent> {
  const done = await readChildren(collections.activities, 'participantIds', organizationIds, {
    sort: latestFirst,
    first: wanted.activities,
    projection: { ...NAME, date: 1 },
  });
  const activityIds = [...new Set([...done.values()].flat().map(({ _id }) => _id))];
  const figures = await readFigures(collections, activityIds, wanted.outcomes);

  const toActivity = (row: Row) => {
    const node = pickFields(row, ['name', 'date']);
    if (wanted.outcomes) node['outcomes'] = { nodes: figures(row._id) };
    return node;
  };
  return (organizationId) => (done.get(organizationId) ?? []).map(toActivity);
}

const metricOf = (row: Row) => String(row['metricCode']);

/** Of each activity its first figures. */
export async function readFigures(
  { outcomes, metrics }: Collections,
  activityIds: readonly string[],
  first: number,
): Promise<ByParent> {
  const figures = await readChildren(outcomes, 'activityIds', activityIds, {
    sort: { metricCode: 1 },
    first,
    projection: { value: 1, metricCode: 1 },
  });
  const names = await readByIds(metrics, [...figures.values()].flat().map(metricOf), NAME);
  return (activityId) =>
    (figures.get(activityId) ?? []).map((figure) => ({
      measure: { value: figure['value'] as unknown },
      metric: { name: names.get(metricOf(figure))?.name },
    }));
}

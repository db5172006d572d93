import type { ActivityQuestion } from '../operations/questions.ts';
import { readFigures } from './readAchievements.ts';
import { readByIds, readChildren, type Row } from './reads.ts';
import {
  issuerIds,
  latestFirst,
  NAME,
  named,
  pickFields,
  projectionOf,
  toIssuers,
  type Collections,
} from './rows.ts';

const organizationIdOf = (row: Row) => row['organizationId'] as string | null | undefined;

/** One activity with who took part in it, its figures and the awards given there. */
export async function answerActivity(
  collections: Collections,
  { alias, id, fields, ...wanted }: ActivityQuestion,
): Promise<Record<string, unknown>> {
  const { activities, organizations, participations, recognitions } = collections;
  const [found, parts, figures, awards] = await Promise.all([
    readByIds(activities, [id], projectionOf(fields)),
    readChildren(participations, 'activityId', [id], {
      sort: {},
      first: wanted.participations,
      projection: { role: 1, organizationId: 1 },
    }),
    readFigures(collections, [id], wanted.outcomes),
    readChildren(recognitions, 'activityId', [id], {
      sort: latestFirst,
      first: wanted.recognitions,
      projection: { ...NAME, 'issuers.organizationId': 1 },
    }),
  ]);
  const row = found.get(id);
  if (!row) return { [alias]: null };
  const [taken = [], given = []] = [parts.get(id), awards.get(id)];
  const names = await readByIds(
    organizations,
    [...taken.map(organizationIdOf), ...given.flatMap(issuerIds)],
    NAME,
  );
  const node = pickFields(row, fields);
  if (wanted.participations) {
    const nodes = taken.map((each) => ({
      role: each['role'] as unknown,
      organization: named(names.get(organizationIdOf(each) ?? '')),
    }));
    node['participations'] = { nodes };
  }
  if (wanted.outcomes) node['outcomes'] = { nodes: figures(id) };
  if (wanted.recognitions) {
    const nodes = given.map((each) => ({ name: each.name, issuers: toIssuers(each, names) }));
    node['recognitions'] = { nodes };
  }
  return { [alias]: node };
}

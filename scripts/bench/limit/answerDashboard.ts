import type { DashboardQuestion } from '../operations/questions.ts';
import { readAchievements } from './readAchievements.ts';
import {
  byName,
  issuerIds,
  latestFirst,
  NAME,
  named,
  oneOf,
  pickFields,
  toIssuers,
  unitIdOf,
  type Collections,
} from './rows.ts';
import { readByIds, readChildren, readPage, type Row } from './reads.ts';

/** Organizations with their campaigns, what they do, and what they receive. */
export async function answerDashboard(
  collections: Collections,
  question: DashboardQuestion,
): Promise<Record<string, unknown>> {
  const { alias, id, first, kinds, levels } = question;
  const { organizations, units, campaigns, recognitions } = collections;
  const projection = { ...NAME, unitId: 1 };
  const rows = id
    ? [...(await readByIds(organizations, [id], projection)).values()]
    : await readPage(organizations, {
        matches: [{ kind: oneOf(kinds) }, { level: oneOf(levels) }],
        sort: byName,
        first,
        projection,
      });
  const ids = rows.map(({ _id }) => _id);
  const readReceived = async () => {
    const received = await readChildren(recognitions, 'recipientIds', ids, {
      sort: latestFirst,
      first: question.recognitions,
      projection: { ...NAME, awardYear: 1, 'issuers.organizationId': 1 },
    });
    const issuers = [...received.values()].flat().flatMap(issuerIds);
    return { received, issuers: await readByIds(organizations, issuers, NAME) };
  };
  const [places, taken, achievements, awards] = await Promise.all([
    readByIds(units, rows.map(unitIdOf), NAME),
    readChildren(campaigns, 'participantIds', ids, {
      sort: byName,
      first: question.campaigns,
      projection: { ...NAME, kind: 1 },
    }),
    readAchievements(collections, ids, question),
    readReceived(),
  ]);

  const toNode = (row: Row) => {
    const { _id, name } = row;
    const node: Record<string, unknown> = { id: _id, name, unit: named(places.get(unitIdOf(row))) };
    if (question.campaigns) {
      const nodes = (taken.get(_id) ?? []).map((each) => pickFields(each, ['name', 'kind']));
      node['campaigns'] = { nodes };
    }
    if (question.activities) node['activities'] = { nodes: achievements(_id) };
    if (question.recognitions) {
      const nodes = (awards.received.get(_id) ?? []).map((each) => ({
        ...pickFields(each, ['name', 'awardYear']),
        issuers: toIssuers(each, awards.issuers),
      }));
      node['recognitionsReceived'] = { nodes };
    }
    return node;
  };
  const nodes = rows.map(toNode);
  return { [alias]: id ? (nodes[0] ?? null) : { nodes } };
}

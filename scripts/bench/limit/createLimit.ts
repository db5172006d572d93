import type { Question } from '../operations/questions.ts';
import { answerActivity } from './answerActivity.ts';
import { answerDashboard } from './answerDashboard.ts';
import { answerDeep } from './answerDeep.ts';
import { answerStatistics } from './answerStatistics.ts';
import { readByIds, readChildren, readPage, type Row } from './reads.ts';
import {
  byName,
  campaignIdOf,
  issuerIds,
  latestFirst,
  NAME,
  named,
  oneOf,
  pickFields,
  projectionOf,
  toIssuers,
  unitIdOf,
  type Collections,
} from './rows.ts';

/**
 * What somebody would write who needs just these answers and knows the database: no GraphQL, as few
 * commands and fields as will do. Nothing that speaks GraphQL can be expected to take less.
 */
export function createLimit(collections: Collections) {
  const { organizations, units, campaigns, recognitions } = collections;

  /** Gives the value of each root field. */
  return async function answer(question: Question): Promise<Record<string, unknown>> {
    switch (question.kind) {
      case 'organizations': {
        const { alias, first, kinds, levels, fields, withUnit } = question;
        const rows = await readPage(organizations, {
          matches: [{ kind: oneOf(kinds) }, { level: oneOf(levels) }],
          sort: byName,
          first,
          projection: { ...projectionOf(fields), ...(withUnit ? { unitId: 1 } : {}) },
        });
        const places = withUnit
          ? await readByIds(units, rows.map(unitIdOf), NAME)
          : new Map<string, Row>();
        const nodes = rows.map((row) => {
          const node = pickFields(row, fields);
          if (withUnit) node['unit'] = named(places.get(unitIdOf(row)));
          return node;
        });
        return { [alias]: { nodes } };
      }
      case 'dashboard':
        return answerDashboard(collections, question);
      case 'deep':
        return answerDeep(collections, question);
      case 'single': {
        const { alias, id, campaigns: first, fields } = question;
        const [found, taken] = await Promise.all([
          readByIds(organizations, [id], { ...projectionOf(fields), unitId: 1 }),
          readChildren(campaigns, 'participantIds', [id], {
            sort: byName,
            first,
            projection: { ...NAME, kind: 1 },
          }),
        ]);
        const row = found.get(id);
        if (!row) return { [alias]: null };
        const places = await readByIds(units, [unitIdOf(row)], NAME);
        const nodes = (taken.get(id) ?? []).map((each) => pickFields(each, ['name', 'kind']));
        const unit = named(places.get(unitIdOf(row)));
        return { [alias]: { ...pickFields(row, fields), unit, campaigns: { nodes } } };
      }
      case 'statistics':
        return answerStatistics(collections, question);
      case 'activity':
        return answerActivity(collections, question);
      case 'recognitions': {
        const { alias, unitId, first, withIssuers, withCampaign } = question;
        const rows = await readPage(recognitions, {
          matches: [{ unitLineage: unitId }],
          sort: latestFirst,
          first,
          projection: { ...NAME, awardYear: 1, 'issuers.organizationId': 1, campaignId: 1 },
        });
        const [issuers, given] = await Promise.all([
          withIssuers ? readByIds(organizations, rows.flatMap(issuerIds), NAME) : undefined,
          withCampaign
            ? readByIds(campaigns, rows.map(campaignIdOf), { ...NAME, kind: 1 })
            : undefined,
        ]);
        const nodes = rows.map((row) => {
          const node = pickFields(row, ['id', 'name', 'awardYear']);
          if (issuers) node['issuers'] = toIssuers(row, issuers);
          const campaign = given?.get(campaignIdOf(row));
          if (given) node['campaign'] = campaign ? pickFields(campaign, ['name', 'kind']) : null;
          return node;
        });
        return { [alias]: { nodes } };
      }
      case 'unit': {
        const { alias, id, children, organizations: bodies } = question;
        const [found, below, own] = await Promise.all([
          readByIds(units, [id], { ...NAME, level: 1 }),
          readPage(units, {
            matches: [{ parentId: id }],
            sort: byName,
            first: children,
            projection: { ...NAME, level: 1 },
          }),
          bodies
            ? readPage(organizations, {
                matches: [{ unitId: id }],
                sort: byName,
                first: bodies,
                projection: { ...NAME, kind: 1 },
              })
            : undefined,
        ]);
        const row = found.get(id);
        if (!row) return { [alias]: null };
        const node = pickFields(row, ['name', 'level']);
        node['children'] = {
          nodes: below.map((each) => pickFields(each, ['id', 'name', 'level'])),
        };
        if (own) {
          node['organizations'] = { nodes: own.map((each) => pickFields(each, ['name', 'kind'])) };
        }
        return { [alias]: node };
      }
    }
  };
}

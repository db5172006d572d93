import type { DeepQuestion } from '../operations/questions.ts';
import {
  byName,
  campaignIdOf,
  issuerIds,
  latestFirst,
  NAME,
  toIssuers,
  unitIdOf,
  type Collections,
} from './rows.ts';
import { readByIds, readChildren, readPage, type Row } from './reads.ts';

const AWARD = { ...NAME, 'issuers.organizationId': 1 } as const;

/** From recognitions to their campaigns, the units of those, their organizations, and what these receive. */
export async function answerDeep(
  { organizations, units, campaigns, recognitions }: Collections,
  { alias, unitId, first, organizations: bodies, recognitions: awards }: DeepQuestion,
): Promise<Record<string, unknown>> {
  const rows = await readPage(recognitions, {
    matches: [{ unitLineage: unitId }],
    sort: latestFirst,
    first,
    projection: { ...AWARD, campaignId: 1 },
  });
  const given = await readByIds(campaigns, rows.map(campaignIdOf), { ...NAME, unitId: 1 });
  const unitIds = [...new Set([...given.values()].map(unitIdOf))];
  const [places, fronts] = await Promise.all([
    readByIds(units, unitIds, NAME),
    Promise.all(unitIds.map((id) => frontsOf(id))),
  ]);
  const frontsByUnit = new Map(unitIds.map((id, index) => [id, fronts[index] ?? []]));
  const frontIds = fronts.flat().map(({ _id }) => _id);
  const received = await readChildren(recognitions, 'recipientIds', frontIds, {
    sort: latestFirst,
    first: awards,
    projection: AWARD,
  });
  const issuers = await readByIds(
    organizations,
    [...rows, ...[...received.values()].flat()].flatMap(issuerIds),
    NAME,
  );

  /** All of the few units in few commands: each has just a handful of such bodies. */
  function frontsOf(id: string): Promise<Row[]> {
    return readPage(organizations, {
      matches: [{ unitId: id }, { kind: 'FRONT' }],
      sort: byName,
      first: bodies,
      projection: NAME,
    });
  }
  const toAward = (row: Row) => ({ name: row.name, issuers: toIssuers(row, issuers) });
  const toFront = ({ _id, name }: Row) => ({
    name,
    recognitionsReceived: { nodes: (received.get(_id) ?? []).map(toAward) },
  });
  const toUnit = (id: string) => {
    const unit = places.get(id);
    if (!unit) return null;
    return {
      name: unit.name,
      organizations: { nodes: (frontsByUnit.get(id) ?? []).map(toFront) },
    };
  };
  const nodes = rows.map((row) => {
    const campaign = given.get(campaignIdOf(row));
    return {
      ...toAward(row),
      campaign: campaign ? { name: campaign.name, unit: toUnit(unitIdOf(campaign)) } : null,
    };
  });
  return { [alias]: { nodes } };
}

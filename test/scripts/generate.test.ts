import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlaces } from '../../scripts/generate/createPlaces.ts';
import { generateRecords, type SyntheticRecord } from '../../scripts/generate/generateRecords.ts';
import { PUBLISHER, syntheticIds } from '../../scripts/generate/marks.ts';
import { readRegister, type Register } from '../../scripts/generate/readRegister.ts';
import { sizes, type Size } from '../../scripts/generate/sizes.ts';
import { removeSynthetic, writeSynthetic } from '../../scripts/generate/writeSynthetic.ts';
import { createLineage } from '../../subgraphs/shared/Lineage.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { ask } from '../helpers/ask.ts';
import { dump } from '../helpers/databases.ts';
import { startGraph } from '../helpers/graph.ts';

/** One district of Bắc Giang, with what its communes became. */
const XS: Size = {
  name: 'XS',
  provinces: ['24'],
  districts: 1,
  years: [2024, 2025],
  activities: 90,
  outcomes: 120,
  recognitions: 60,
  groupsPerCommune: 1,
};

let register: Register;
beforeAll(async () => {
  register = await readRegister();
});

const hashOf = (size: Size, seed: number) => {
  const hash = createHash('sha256');
  for (const record of generateRecords(register, size, seed)) hash.update(JSON.stringify(record));
  return hash.digest('hex');
};

type Model = SyntheticRecord['model'];
type RowOf<TModel extends Model> = Extract<SyntheticRecord, { model: TModel }>['row'];

const rowsOf = <TModel extends Model>(records: readonly SyntheticRecord[], model: TModel) =>
  // A record's model says what its row is.
  records.flatMap((record) => (record.model === model ? [record.row as RowOf<TModel>] : []));

const byId = <TModel extends Model>(records: readonly SyntheticRecord[], model: TModel) =>
  new Map(rowsOf(records, model).map((row) => [row._id, row]));

const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string) => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
};

describe('the records', () => {
  let ofSizeS: SyntheticRecord[];
  beforeAll(() => {
    ofSizeS = [...generateRecords(register, sizes.S, 1)];
  });

  it('are the same for the same seed, and others for another seed', () => {
    expect(hashOf(XS, 1)).toBe(hashOf(XS, 1));
    expect(hashOf(XS, 2)).not.toBe(hashOf(XS, 1));
  });

  it('are as many as the table of sizes says', () => {
    const { S } = sizes;
    const counts = countBy(ofSizeS, ({ model }) => model);
    expect(counts).toMatchObject({
      Activity: S.activities,
      Outcome: S.outcomes,
      Recognition: S.recognitions,
    });
    expect(Math.abs((counts['Organization'] ?? 0) - 4_000)).toBeLessThan(400);
    expect(Math.abs((counts['Participation'] ?? 0) - 4 * S.activities)).toBeLessThan(2_000);
  });

  it.each([
    ['S', sizes.S, { PROVINCE: 2, DISTRICT: 18, COMMUNE: 313 }],
    ['M', sizes.M, { PROVINCE: 10, DISTRICT: 110, COMMUNE: 1_601 }],
    ['L', sizes.L, { PROVINCE: 63, DISTRICT: 696, COMMUNE: 10_035 }],
  ] as const)('of size %s are of its units, before and since July 2025', (_name, size, units) => {
    const places = createPlaces(register, size);
    const before = countBy(places.ofYear(2024), ({ level }) => level);
    expect(before).toEqual({ COUNTRY: 1, ...units });
    const since = countBy(places.ofYear(2025), ({ level }) => level);
    expect(since['DISTRICT']).toBeUndefined();
    if (size.provinces === 'ALL')
      expect(since).toEqual({ COUNTRY: 1, PROVINCE: 34, COMMUNE: 3_321 });
    for (const place of places.ofYear(2024)) {
      const ends = place.level !== 'COUNTRY' && !places.ofYear(2025).includes(place);
      expect([place.id, place.validTo, place.changes.length > 0]).toEqual([
        place.id,
        ends ? '2025-06-30' : null,
        ends,
      ]);
    }
  });

  it('have the shapes of real ones: qualifiers, missing numbers, parts and contradictions', () => {
    const [outcomes, recognitions] = [rowsOf(ofSizeS, 'Outcome'), rowsOf(ofSizeS, 'Recognition')];
    const share = <Row>(rows: readonly Row[], test: (row: Row) => unknown) =>
      rows.filter(test).length / rows.length;
    expect(share(outcomes, ({ measure }) => measure.qualifier === 'EXACT')).toBeCloseTo(0.7, 1);
    expect(share(outcomes, ({ period }) => period.inferred)).toBeCloseTo(0.05, 1);
    expect(share(outcomes, ({ subsetOfId }) => subsetOfId)).toBeGreaterThan(0.015);
    const missing = share(recognitions, ({ counts }) => counts.status === 'NOT_STATED');
    expect(missing).toBeGreaterThan(0.15);
    expect(missing).toBeLessThan(0.25);
    expect(share(recognitions, ({ breakdownOfId }) => breakdownOfId)).toBeGreaterThan(0.015);
    expect(share(recognitions, ({ isDisputed }) => isDisputed)).toBeGreaterThan(0.005);
  });
});

describe('each record', () => {
  let records: SyntheticRecord[];
  beforeAll(() => {
    records = [...generateRecords(register, XS, 1)];
  });

  it('fits its model', async () => {
    const databases = new Map<string, Connection>(
      subgraphs.map(({ name, database }) => [name, database]),
    );
    for (const { subgraph, model, row } of records) {
      // Throws when the subgraph has no such model.
      const Model = databases.get(subgraph)?.model<Row>(model);
      expect(Model).toBeDefined();
      if (Model) await new Model(row).validate();
    }
  });

  it('is known by its id, and refers to records that exist', () => {
    const keys = records.map(({ subgraph, model, row }) => `${subgraph} ${model} ${row._id}`);
    expect(new Set(keys).size).toBe(keys.length);
    const ids = new Set(records.map(({ row }) => row._id));
    const references = (value: unknown): string[] => {
      if (typeof value === 'string') return /^(syn-|SYN_)/.test(value) ? [value] : [];
      return value && typeof value === 'object' ? Object.values(value).flatMap(references) : [];
    };
    for (const { row } of records) {
      expect(row._id).toMatch(/^(syn-|SYN_)/);
      for (const id of references(row)) {
        expect(ids, `${row._id} refers to ${id}`).toContain(id.split('|')[0]);
      }
    }
  });

  it('has a source that says that it is synthetic', () => {
    const sources = byId(records, 'Source');
    for (const { publisher } of sources.values()) expect(publisher).toBe(PUBLISHER);
    for (const { row } of records) {
      if ('sourceIds' in row) {
        expect(row.sourceIds.length, row._id).toBeGreaterThan(0);
        for (const id of row.sourceIds) expect(sources.has(id)).toBe(true);
      } else {
        // Sources and metrics have no provenance: their own texts say it.
        expect(JSON.stringify(row)).toContain('dữ liệu tổng hợp');
      }
    }
  });

  it('stands where its unit stands, in the time of the unit', () => {
    const units = byId(records, 'AdministrativeUnit');
    const lineage = createLineage(
      [...units.values()].map(({ _id, level, parentId }) => ({ _id, level, parentId })),
    );
    for (const { row } of records) {
      if (!('unitLineage' in row)) continue;
      const { _id, unitId, unitLineage } = row;
      expect({ unitId, unitLineage }).toEqual(lineage.unitFields(unitId ?? undefined));
      if ('provinceId' in row) {
        expect(row.provinceId).toBe(lineage.provinceOf(unitId ?? undefined));
      }
      const stands = units.get(unitId ?? '')?.firstDay;
      if ('firstDay' in row && row.firstDay && stands) {
        expect(row.firstDay >= stands, _id).toBe(true);
      }
    }
    for (const { _id, ancestorIds } of units.values()) {
      expect(ancestorIds).toEqual(lineage.ancestorsOf(_id));
    }
  });

  it('agrees with the copies of it', () => {
    const kinds = new Map(rowsOf(records, 'Organization').map(({ _id, kind }) => [_id, kind]));
    const parts = new Map<string, RowOf<'Participation'>[]>();
    for (const row of rowsOf(records, 'Participation')) {
      expect(row.organizationKind).toBe(kinds.get(row.organizationId ?? ''));
      const owner = row.campaignId ?? row.activityId ?? '';
      parts.set(owner, [...(parts.get(owner) ?? []), row]);
    }
    for (const row of [...rowsOf(records, 'Campaign'), ...rowsOf(records, 'Activity')]) {
      const own = parts.get(row._id) ?? [];
      const organizations = [...new Set(own.map((part) => part.organizationId))];
      expect(row.participantIds).toEqual(organizations);
    }
    for (const row of rowsOf(records, 'Recognition')) {
      const kindsOf = (ids: string[]) => [...new Set(ids.map((id) => kinds.get(id)))];
      expect(row.issuerKinds).toEqual(kindsOf(row.issuerIds));
      expect(row.recipientKinds).toEqual(kindsOf(row.recipientIds));
    }
  });

  it('that is part or rival of another is marked so, and so is the other', () => {
    const check = (rows: ReadonlyMap<string, Linked>, wholeOf: (id: string) => unknown) => {
      const wholes = new Set([...rows.values()].flatMap(({ wholeIds }) => wholeIds));
      for (const { _id, wholeIds, conflictsWithIds, isPlain } of rows.values()) {
        expect(wholeIds).toEqual(wholeOf(_id) ? [wholeOf(_id)] : []);
        for (const id of conflictsWithIds) {
          expect(rows.get(id)?.conflictsWithIds).toContain(_id);
        }
        expect(isPlain).toBe(!wholeIds.length && !wholes.has(_id) && !conflictsWithIds.length);
      }
    };
    const [outcomes, recognitions] = [byId(records, 'Outcome'), byId(records, 'Recognition')];
    check(outcomes, (id) => outcomes.get(id)?.subsetOfId);
    check(recognitions, (id) => recognitions.get(id)?.breakdownOfId);
  });

  it('counts people only from district level up, and five or more', () => {
    const sensitive = byId(records, 'OutcomeMetric');
    const units = byId(records, 'AdministrativeUnit');
    const figures = rowsOf(records, 'Outcome').filter(
      ({ metricCode }) => sensitive.get(metricCode)?.isSensitive,
    );
    expect(figures.length).toBeGreaterThan(0);
    for (const { value, unitId } of figures) {
      expect(value).toBeGreaterThanOrEqual(5);
      expect(units.get(unitId ?? '')?.level).not.toBe('COMMUNE');
    }
  });
});

describe('npm run generate', () => {
  let graph: Awaited<ReturnType<typeof startGraph>>;
  let facts: Awaited<ReturnType<typeof dump>>;
  let first: Awaited<ReturnType<typeof dump>>;
  const target = { subgraphs, log: () => {} };

  beforeAll(async () => {
    graph = await startGraph();
    facts = await dump();
    await writeSynthetic(target, XS, 1);
    first = await dump();
  });
  afterAll(() => graph?.close());

  it('writes the same once when run twice', async () => {
    const lines: string[] = [];
    const again = await writeSynthetic({ subgraphs, log: (line) => lines.push(line) }, XS, 1);
    expect([again, ...lines]).toEqual([0, 'generate: size XS with seed 1 is there already']);
    expect(await dump()).toEqual(first);
  });

  it('makes good what an interrupted run left', async () => {
    for (const { database } of subgraphs) {
      await database.collection<Row>('sources').deleteMany(syntheticIds);
      await database
        .collection<Row>('dataSets')
        .updateOne({ _id: 'syn-data' }, { $set: { version: null } });
    }
    await writeSynthetic(target, XS, 1);
    expect(await dump()).toEqual(first);
  });

  it('makes good what an interrupted removal left', async () => {
    const interrupt = () => {
      throw new Error('interrupted');
    };
    await expect(removeSynthetic({ subgraphs, log: interrupt })).rejects.toThrow('interrupted');
    await writeSynthetic(target, XS, 1);
    expect(await dump()).toEqual(first);
  });

  it('puts another seed in the place of the first', async () => {
    const written = await writeSynthetic(target, XS, 2);
    const { documents } = (await dump())['campaigns.activities'] ?? { documents: [] };
    expect(documents).not.toEqual(first['campaigns.activities']?.documents);
    expect(written).toBe([...generateRecords(register, XS, 2)].length);
  });

  it('makes records that the graph joins', async () => {
    const text = 'name { vi }';
    const { activities } = await ask<{ activities: { nodes: Activity[]; totalCount: number } }>(
      graph,
      `query ($units: [ID!]) { activities(first: 100, filter: { unitIds: $units }) {
        totalCount
        nodes {
          id ${text} date
          unit { id ${text} level ancestors { id } }
          campaigns { id ${text} }
          provenance { source { publisher } }
          participations(first: 10) { nodes { role organization { id ${text} kind unit { id } } } }
        }
      } }`,
      { units: ['syn-unit-viet-nam'] },
    );
    expect(activities.totalCount).toBe(XS.activities);
    for (const { unit, campaigns, provenance, participations } of activities.nodes) {
      expect(unit.ancestors.length).toBeLessThan(4);
      expect(campaigns.length).toBeGreaterThan(0);
      expect(provenance.map(({ source }) => source.publisher)).toEqual([PUBLISHER]);
      expect(participations.nodes.length).toBeGreaterThanOrEqual(2);
      for (const { organization } of participations.nodes)
        expect(organization.name.vi).toBeTruthy();
    }
    const { successors } = await ask<{ successors: { changes: { to: { id: string } }[] } }>(
      graph,
      '{ successors: administrativeUnit(id: "syn-unit-24") { changes { to { id } } } }',
    );
    expect(successors.changes).toEqual([{ to: { id: 'syn-unit-24-new' } }]);
  });

  it('leaves the answers about the facts as they were', async () => {
    const { viaFacts } = await ask<{ viaFacts: { nodes: { id: string }[] } }>(
      graph,
      '{ viaFacts: activities(first: 100, filter: { unitIds: ["place-viet-nam"] }) { nodes { id } } }',
    );
    expect(viaFacts.nodes.filter(({ id }) => id.startsWith('syn-'))).toEqual([]);
  });

  it('--remove takes all of it away, and nothing else', async () => {
    const removed = await removeSynthetic(target);
    expect(removed).toBe([...generateRecords(register, XS, 2)].length);
    expect(await dump()).toEqual(facts);
    expect(await removeSynthetic(target)).toBe(0);
  });
});

interface Row {
  _id: string;
}

interface Linked {
  _id: string;
  wholeIds: string[];
  conflictsWithIds: string[];
  isPlain: boolean;
}

interface Activity {
  id: string;
  unit: { ancestors: { id: string }[] };
  campaigns: { id: string }[];
  provenance: { source: { publisher: string } }[];
  participations: { nodes: { organization: { name: { vi: string } } }[] };
}

import { firstDay, lastDay } from '../../subgraphs/shared/partialDate.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { foldToWords } from '../../subgraphs/shared/search.ts';
import { withName } from '../../subgraphs/shared/derivedFields.ts';
import type { AdministrativeUnitRow } from '../../subgraphs/organizations/models/AdministrativeUnit.ts';
import { toAsserted, toNotes, toOtherNames, toText } from './factValues.ts';
import type { Fact, PlaceEnrichment } from './factsSchema.ts';
import { createLineage, type Lineage } from '../../subgraphs/shared/Lineage.ts';
import type { DataSet } from './readFacts.ts';

type UnitDraft = Omit<AdministrativeUnitRow, 'ancestorIds' | 'successorIds'>;
type UnitType = AdministrativeUnitRow['unitType'];

const REFORM = '2025-07-01';
const DAY_BEFORE_REFORM = '2025-06-30';
/** Thừa Thiên Huế became a centrally run city half a year before the reform. */
const EARLIER_CHANGES: Record<string, { on: string; lastDay: string; type: 'UPGRADED_TO' }> = {
  'place-tinh-thua-thien-hue': { on: '2025-01-01', lastDay: '2024-12-31', type: 'UPGRADED_TO' },
};

const typeWords: [word: string, type: UnitType, level: AdministrativeUnitRow['level']][] = [
  ['Tỉnh ', 'TINH', 'PROVINCE'],
  ['Thành phố ', 'THANH_PHO_TRUNG_UONG', 'PROVINCE'],
  ['Xã ', 'XA', 'COMMUNE'],
  ['Phường ', 'PHUONG', 'COMMUNE'],
  ['Đặc khu ', 'DAC_KHU', 'COMMUNE'],
];

/** A successor as the register's extract writes it: `Xã Đồng Bằng (12526), Tỉnh Hưng Yên`. */
interface Successor {
  name: string;
  code: string | undefined;
  province: string | undefined;
}

function readSuccessor(printed: string): Successor {
  const [, name = printed, code, province] =
    /^([^(,]+?)(?: \((\d+)\))?(?:, (.+))?$/.exec(printed) ?? [];
  return { name, code, province };
}

const idOf = (name: string) => `place-${foldToWords(name).join('-')}`;

function draftOf(place: Fact<'places'>): UnitDraft {
  const name = toText(place.nameVi, place.nameEn);
  const otherNames = toOtherNames(place);
  return {
    _id: place.id,
    ...withName(name, otherNames),
    ...toAsserted(place),
    ...toNotes(place),
    otherNames,
    level: place.level,
    unitType: place.unitType,
    designation: place.designation,
    parentId: place.parent,
    codes: [],
    changes: [],
  };
}

function draftOfSuccessor({ name, code, province }: Successor, validFrom: string): UnitDraft {
  const [, unitType, level] = typeWords.find(([word]) => name.startsWith(word)) ?? [];
  if (!unitType || !level)
    throw new UserError(
      `place-enrichment.json successors2025: «${name}» begins with no known word for a kind of unit`,
    );
  return {
    _id: idOf(name),
    ...withName(toText(name)),
    otherNames: [],
    version: 1,
    provenance: [],
    inferences: [],
    sourceIds: [],
    notes: [],
    level,
    unitType,
    parentId: province ? idOf(province) : 'place-viet-nam',
    codes: code ? [{ scheme: 'GSO', code, validFrom }] : [],
    validFrom,
    changes: [],
  };
}

/** Adds to a unit what the register says of it: codes, its end, and what it became. */
function enrich(unit: UnitDraft, entry: PlaceEnrichment): UnitDraft[] {
  const { on, lastDay, type } = EARLIER_CHANGES[unit._id] ?? {
    on: REFORM,
    lastDay: DAY_BEFORE_REFORM,
    type: 'MERGED_INTO' as const,
  };
  const successors =
    typeof entry.successors2025 === 'object' ? (entry.successors2025 ?? []).map(readSuccessor) : [];
  const isAbolished = typeof entry.successors2025 === 'string';
  // Where the name stays, the register's extract does not say that anything changed.
  const others = successors.filter(({ name }) => name !== unit.name.vi);
  const ends = isAbolished || others.length > 0;
  if (ends) unit.validTo = lastDay;
  if (entry.successors2025 === null) unit.unknownFrom = on;
  const validTo = ends ? lastDay : null;
  unit.codes = [
    ...[entry.gso63, entry.gso705, entry.gso10599].flatMap((code) =>
      code ? [{ scheme: 'GSO' as const, code, validTo }] : [],
    ),
    // The standard still lists the units before the reform.
    ...(entry.iso3166_2 ? [{ scheme: 'ISO_3166_2' as const, code: entry.iso3166_2 }] : []),
  ];
  unit.changes = isAbolished
    ? [{ type: 'ABOLISHED', on }]
    : others.map(({ name }) => ({
        type: others.length > 1 ? ('SPLIT_INTO' as const) : type,
        on,
        toId: idOf(name),
      }));
  const provinces = others.flatMap(({ province }) =>
    province ? [{ name: province, code: undefined, province: undefined }] : [],
  );
  return [...others, ...provinces].map((successor) => draftOfSuccessor(successor, on));
}

/**
 * The administrative units: the places of the facts as they stood then, and what the register says
 * became of them. A successor of another name is a unit of its own, with no article behind it.
 */
export function toUnits({ facts, places }: DataSet): {
  units: AdministrativeUnitRow[];
  lineage: Lineage;
} {
  const units = new Map(facts.places.map((place) => [place.id, draftOf(place)]));
  for (const entry of places) {
    const unit = units.get(entry.place);
    if (!unit) throw new UserError(`place-enrichment.json: there is no place ${entry.place}`);
    for (const successor of enrich(unit, entry)) {
      if (!units.has(successor._id)) units.set(successor._id, successor);
    }
  }
  const drafts = [...units.values()];
  const lineage = createLineage(drafts);
  return {
    units: drafts.map((unit) => ({
      ...unit,
      firstDay: unit.validFrom && firstDay(unit.validFrom),
      lastDay: unit.validTo && lastDay(unit.validTo),
      ancestorIds: lineage.ancestorsOf(unit._id),
      successorIds: unit.changes.flatMap(({ toId }) => toId ?? []),
    })),
    lineage,
  };
}

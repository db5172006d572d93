import type { AdministrativeUnitRow } from '../../subgraphs/organizations/models/AdministrativeUnit.ts';
import { withName } from '../../subgraphs/shared/derivedFields.ts';
import { firstDay, lastDay } from '../../subgraphs/shared/partialDate.ts';
import { ID_PREFIX, MARK } from './marks.ts';
import type { RegisterUnit } from './readRegister.ts';

/** The levels that synthetic units have. */
export type Level = 'COUNTRY' | 'PROVINCE' | 'DISTRICT' | 'COMMUNE';

type UnitType = AdministrativeUnitRow['unitType'];

/** A synthetic unit, as the generator of its records sees it. */
export interface Place {
  /** The id without its prefix: part of the ids of all that belongs to the place. */
  key: string;
  id: string;
  level: Level;
  unitType: UnitType;
  code: string | null;
  /** «Xã Đồng Tâm» */
  name: { vi: string; en: string };
  /** «xã Đồng Tâm», as it stands within names; empty for the country. */
  label: string;
  parent: Place | null;
  /** The province that it is or lies in. */
  province: Place | null;
  validFrom: string | null;
  validTo: string | null;
  changes: AdministrativeUnitRow['changes'];
}

export const REFORM = '2025-07-01';
export const DAY_BEFORE_REFORM = '2025-06-30';

const types: [word: string, digits: number, level: Level, unitType: UnitType, english: string][] = [
  ['Tỉnh', 2, 'PROVINCE', 'TINH', 'province'],
  ['Thành phố', 2, 'PROVINCE', 'THANH_PHO_TRUNG_UONG', 'city'],
  ['Thành phố', 3, 'DISTRICT', 'THANH_PHO_THUOC_TINH', 'city'],
  ['Thị xã', 3, 'DISTRICT', 'THI_XA', 'town'],
  ['Huyện', 3, 'DISTRICT', 'HUYEN', 'district'],
  ['Quận', 3, 'DISTRICT', 'QUAN', 'urban district'],
  ['Thị trấn', 5, 'COMMUNE', 'THI_TRAN', 'township'],
  ['Xã', 5, 'COMMUNE', 'XA', 'commune'],
  ['Phường', 5, 'COMMUNE', 'PHUONG', 'ward'],
  ['Đặc khu', 5, 'COMMUNE', 'DAC_KHU', 'special zone'],
];

const withoutMarks = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

/** The unit above all others: not the country of the facts, which keeps its own figures. */
export function createCountry(): Place {
  return {
    key: 'viet-nam',
    id: `${ID_PREFIX}unit-viet-nam`,
    level: 'COUNTRY',
    unitType: 'QUOC_GIA',
    code: null,
    name: { vi: `Việt Nam (${MARK.vi})`, en: `Viet Nam (${MARK.en})` },
    label: '',
    parent: null,
    province: null,
    validFrom: null,
    validTo: null,
    changes: [],
  };
}

/** The place of a unit of the register; `key` tells units of one code apart. */
export function createPlace({ code, name }: RegisterUnit, key: string, parent: Place): Place {
  const type = types.find(([word, digits]) => name.startsWith(word) && code.length === digits);
  if (!type) throw new Error(`${code} ${name} begins with no known word for a kind of unit`);
  const [word, , level, unitType, english] = type;
  const place: Place = {
    key,
    id: `${ID_PREFIX}unit-${key}`,
    level,
    unitType,
    code,
    name: { vi: name, en: `${withoutMarks(name.slice(word.length + 1))} ${english}` },
    label: name.charAt(0).toLowerCase() + name.slice(1),
    parent,
    province: parent.province,
    validFrom: null,
    validTo: null,
    changes: [],
  };
  if (level === 'PROVINCE') place.province = place;
  return place;
}

/** From the country down to the parent. */
function ancestorsOf({ parent }: Place): string[] {
  return parent ? [...ancestorsOf(parent), parent.id] : [];
}

/** The fields by which a record is found by its place. */
export const unitFields = (place: Place) => ({
  unitId: place.id,
  unitLineage: [place.id, ...ancestorsOf(place)],
});

/** The place as it is stored. */
export function toUnitRow(
  place: Place,
  asserted: Pick<AdministrativeUnitRow, 'version' | 'provenance' | 'inferences' | 'sourceIds'>,
): AdministrativeUnitRow {
  const { id, level, unitType, name, parent, code, validFrom, validTo, changes } = place;
  return {
    _id: id,
    ...withName(name),
    ...asserted,
    notes: [],
    otherNames: [],
    level,
    unitType,
    parentId: parent?.id,
    ancestorIds: ancestorsOf(place),
    codes: code ? [{ scheme: 'GSO', code, validFrom, validTo }] : [],
    validFrom,
    validTo,
    firstDay: validFrom && firstDay(validFrom),
    lastDay: validTo && lastDay(validTo),
    changes,
    successorIds: changes.flatMap(({ toId }) => toId ?? []),
  };
}

import { createCountry, createPlace, DAY_BEFORE_REFORM, REFORM, type Place } from './Place.ts';
import type { Register, RegisterUnit } from './readRegister.ts';
import type { Size } from './sizes.ts';

/** The places of a data set. */
export interface Places {
  /** Every unit once, each after the one that it lies in. */
  all: Place[];
  /** Those that stand in a year: with districts until 2024, without since 2025. */
  ofYear(year: number): Place[];
}

const FIRST_YEAR_SINCE = 2025;

type Change = Place['changes'][number]['type'];

const isDistrict = ({ code }: RegisterUnit) => code.length === 3;
const isProvince = ({ code }: RegisterUnit) => code.length === 2;

/** The units of before the reform that a size asks for. */
function select({ before }: Register, { provinces, districts }: Size): RegisterUnit[] {
  const chosen = new Set<string>();
  let left = districts ?? Infinity;
  for (const unit of before) {
    const isChosen = isProvince(unit)
      ? provinces === 'ALL' || unit.successorCodes.some((code) => provinces.includes(code))
      : chosen.has(unit.parentCode ?? '') && (!isDistrict(unit) || left-- > 0);
    if (isChosen) chosen.add(unit.code);
  }
  const hasDistrict = new Set(
    before.flatMap((unit) => (isDistrict(unit) && chosen.has(unit.code) ? [unit.parentCode] : [])),
  );
  return before.filter(
    (unit) => chosen.has(unit.code) && (!isProvince(unit) || hasDistrict.has(unit.code)),
  );
}

/** What became of a place, given one of its successors and how many units that was made of. */
function changeOf(
  place: Place,
  {
    isSplit,
    successor,
    predecessors,
  }: { isSplit: boolean; successor: Place; predecessors: number },
): Change {
  if (isSplit) return 'SPLIT_INTO';
  if (predecessors > 1) return 'MERGED_INTO';
  // A commune that stays as it was lies in another unit since, which makes it another record; no
  // sort of change says so, and to go on under a name comes nearest.
  return place.unitType === successor.unitType ? 'RENAMED_TO' : 'UPGRADED_TO';
}

/**
 * The units of a size, before and since the reform of 1 July 2025, joined by what became of each.
 * A province that the reform left alone is one unit in both.
 */
export function createPlaces(register: Register, size: Size): Places {
  const country = createCountry();
  const units = select(register, size);
  const before = new Map<string, Place>();
  for (const unit of units) {
    const parent = unit.parentCode ? before.get(unit.parentCode) : country;
    if (parent) before.set(unit.code, createPlace(unit, unit.code, parent));
  }

  const predecessors = new Map<string, RegisterUnit[]>();
  for (const unit of register.before) {
    for (const code of unit.successorCodes) {
      predecessors.set(code, [...(predecessors.get(code) ?? []), unit]);
    }
  }
  const reached = new Set(units.flatMap(({ successorCodes }) => successorCodes));
  const since = new Map<string, Place>();
  for (const unit of register.since) {
    if (!reached.has(unit.code)) continue;
    const [first, ...others] = predecessors.get(unit.code) ?? [];
    const same = isProvince(unit) && !others.length && first?.name === unit.name;
    const unchanged = same ? before.get(first.code) : undefined;
    const parent = unit.parentCode ? since.get(unit.parentCode) : country;
    if (!parent) throw new Error(`${unit.code} ${unit.name} lies in no unit`);
    const place = unchanged ?? createPlace(unit, `${unit.code}-new`, parent);
    if (!unchanged) place.validFrom = REFORM;
    since.set(unit.code, place);
  }

  for (const unit of units) {
    const place = before.get(unit.code);
    const successors = unit.successorCodes.flatMap((code) => since.get(code) ?? []);
    if (!place || successors.includes(place)) continue;
    place.validTo = DAY_BEFORE_REFORM;
    place.changes = successors.length
      ? successors.map((successor) => ({
          type: changeOf(place, {
            isSplit: successors.length > 1,
            successor,
            predecessors: predecessors.get(successor.code ?? '')?.length ?? 0,
          }),
          on: REFORM,
          toId: successor.id,
        }))
      : [{ type: 'ABOLISHED', on: REFORM }];
  }

  const [then, now] = [
    [country, ...before.values()],
    [country, ...since.values()],
  ];
  return {
    all: [...new Set([...then, ...now])],
    ofYear: (year) => (year < FIRST_YEAR_SINCE ? then : now),
  };
}

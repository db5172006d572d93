import {
  AdministrativeLevel,
  OrganizationKind,
} from '../../subgraphs/organizations/__generated__/types.ts';
import type { OrganizationRow } from '../../subgraphs/organizations/models/Organization.ts';
import { withName } from '../../subgraphs/shared/derivedFields.ts';
import { createRandom } from './createRandom.ts';
import { ID_PREFIX, MARK } from './marks.ts';
import { toMeasure } from './measures.ts';
import { unitFields, type Level, type Place } from './Place.ts';
import { citing } from './sources.ts';

type Kind = OrganizationRow['kind'];

/** An organization as far as others need it: its id, and the kind of which they keep a copy. */
export interface Body {
  id: string;
  kind: Kind;
}

interface Sort {
  kind: Kind;
  /** Without the name of the place, which follows it; by level where it differs. */
  vi: string | ((place: Place) => string);
  en: string;
  central: { vi: string; en: string; kind?: Kind };
}

/** «Tỉnh ủy», «Quận ủy» or, in a commune, «Đảng ủy xã». */
function partyCommittee({ level, unitType, label }: Place): string {
  if (level === 'COMMUNE') return `Đảng ủy ${label}`;
  const word = { THI_XA: 'Thị ủy', TINH: 'Tỉnh ủy', HUYEN: 'Huyện ủy', QUAN: 'Quận ủy' };
  const type = Object.entries(word).find(([each]) => each === unitType)?.[1] ?? 'Thành ủy';
  return `${type} ${label.replace(/^(tỉnh|thành phố|thị xã|huyện|quận) /, '')}`;
}

/** The bodies that every unit has, at each level. */
const sorts = {
  police: {
    kind: 'POLICE',
    vi: 'Công an',
    en: 'Police',
    central: { vi: 'Bộ Công an', en: 'Ministry of Public Security' },
  },
  front: {
    kind: 'FRONT',
    vi: 'Ủy ban MTTQ Việt Nam',
    en: 'Fatherland Front Committee',
    central: {
      vi: 'Ủy ban Trung ương MTTQ Việt Nam',
      en: 'Central Committee of the Viet Nam Fatherland Front',
    },
  },
  elderly: {
    kind: 'ELDERLY_ASSOCIATION',
    vi: 'Hội Người cao tuổi',
    en: 'Association of the Elderly',
    central: { vi: 'Hội Người cao tuổi Việt Nam', en: 'Viet Nam Association of the Elderly' },
  },
  committee: {
    kind: 'PEOPLES_COMMITTEE',
    vi: 'Ủy ban nhân dân',
    en: "People's Committee",
    central: { vi: 'Chính phủ', en: 'Government', kind: 'STATE_BODY' },
  },
  council: {
    kind: 'PEOPLES_COUNCIL',
    vi: 'Hội đồng nhân dân',
    en: "People's Council",
    central: { vi: 'Quốc hội', en: 'National Assembly', kind: 'STATE_BODY' },
  },
  party: {
    kind: 'PARTY',
    vi: partyCommittee,
    en: 'Party Committee',
    central: { vi: 'Ban Chấp hành Trung ương Đảng', en: 'Central Committee of the Party' },
  },
  steering: {
    kind: 'STEERING_COMMITTEE',
    vi: 'Ban Chỉ đạo phong trào Toàn dân bảo vệ an ninh Tổ quốc',
    en: 'Steering Committee of the Movement',
    central: {
      vi: 'Ban Chỉ đạo Trung ương phong trào Toàn dân bảo vệ an ninh Tổ quốc',
      en: 'Central Steering Committee of the Movement',
    },
  },
  women: {
    kind: 'MASS_ORGANIZATION',
    vi: 'Hội Liên hiệp Phụ nữ',
    en: "Women's Union",
    central: { vi: 'Hội Liên hiệp Phụ nữ Việt Nam', en: "Viet Nam Women's Union" },
  },
} satisfies Record<string, Sort>;

export type BodySort = keyof typeof sorts;
export const bodySorts = Object.keys(sorts) as BodySort[];

/** Bodies that are members of the steering committee of their place. */
const steeringMembers: readonly BodySort[] = ['police', 'front', 'elderly', 'committee', 'women'];

export const levelOf: Record<Level, OrganizationRow['level']> = {
  COUNTRY: 'CENTRAL',
  PROVINCE: 'PROVINCE',
  DISTRICT: 'DISTRICT',
  COMMUNE: 'COMMUNE',
};

/** The body of a sort that a place has. */
export function bodyOf(sort: BodySort, place: Place): Body {
  const { kind, central }: Sort = sorts[sort];
  return {
    id: `${ID_PREFIX}org-${sort}-${place.key}`,
    kind: place.parent ? kind : (central.kind ?? kind),
  };
}

/** The members of a body that is a group. */
export const membersOf = (sort: BodySort, place: Place): Body[] =>
  sort === 'steering' ? steeringMembers.map((member) => bodyOf(member, place)) : [];

/** How the body is called. */
export function nameOf(sort: BodySort, place: Place): { vi: string; en: string } {
  const { vi, en, central }: Sort = sorts[sort];
  if (!place.parent) {
    return { vi: `${central.vi} (${MARK.vi})`, en: `${central.en} (${MARK.en})` };
  }
  return {
    vi: typeof vi === 'string' ? `${vi} ${place.label}` : vi(place),
    en: `${en} of ${place.name.en}`,
  };
}

/** The security teams of a commune, numbered: so many on average, a few communes have many more. */
export function groupsOf(place: Place, { seed, groupsPerCommune }: GroupSettings): Body[] {
  if (place.level !== 'COMMUNE') return [];
  const random = createRandom(seed, 'groups', place.key);
  // The mean of a log-normal is its median times exp(sigma² / 2).
  const many = random.logNormal(groupsPerCommune / Math.exp(0.18), 0.6);
  return Array.from({ length: Math.round(Math.min(many, 8 * groupsPerCommune)) }, (_, index) => ({
    id: `${ID_PREFIX}org-team-${place.key}-${String(index + 1).padStart(3, '0')}`,
    kind: 'GRASSROOTS_GROUP',
  }));
}

/** What the number of teams follows from. */
export interface GroupSettings {
  seed: number;
  groupsPerCommune: number;
}

const kinds: string[] = Object.values(OrganizationKind);
const levels: string[] = Object.values(AdministrativeLevel);

/** What all rows of organizations of a place have in common. */
function toRow(
  { id, kind }: Body,
  name: { vi: string; en: string },
  place: Place,
  level: OrganizationRow['level'],
  seed: number,
): OrganizationRow {
  return {
    _id: id,
    ...withName(name),
    ...citing({ place }, createRandom(seed, id)),
    notes: [],
    otherNames: [],
    kind,
    level,
    instance: 'SINGLE',
    ...unitFields(place),
    provinceId: place.province?.id ?? null,
    memberOfIds: [],
    validFrom: place.validFrom,
    validTo: place.validTo,
    kindRank: kinds.indexOf(kind),
    levelRank: levels.indexOf(level),
  };
}

/** All organizations of a place: one body of each sort, and in a commune its security teams. */
export function toOrganizations(place: Place, settings: GroupSettings): OrganizationRow[] {
  const { seed } = settings;
  const bodies = bodySorts.map((sort): OrganizationRow => ({
    ...toRow(bodyOf(sort, place), nameOf(sort, place), place, levelOf[place.level], seed),
    parentId: place.parent && bodyOf(sort, place.parent).id,
    memberOfIds: steeringMembers.includes(sort) ? [bodyOf('steering', place).id] : [],
  }));
  const teams = groupsOf(place, settings).map((team, index): OrganizationRow => ({
    ...toRow(
      team,
      {
        vi: `Tổ bảo vệ an ninh, trật tự số ${index + 1} ${place.label}`,
        en: `Security team ${index + 1} of ${place.name.en}`,
      },
      place,
      'HAMLET',
      seed,
    ),
    subKind: 'TO_BAO_VE_ANTT',
    parentId: bodyOf('police', place).id,
  }));
  return [...bodies, ...teams, ...(place.level === 'PROVINCE' ? [toTeamsOf(place, seed)] : [])];
}

/** All teams of a province as one, with their number: reports often name no single one. */
function toTeamsOf(place: Place, seed: number): OrganizationRow {
  const id = `${ID_PREFIX}org-teams-${place.key}`;
  const name = {
    vi: `Các tổ bảo vệ an ninh, trật tự ${place.label}`,
    en: `Security teams of ${place.name.en}`,
  };
  const random = createRandom(seed, id, 'count');
  return {
    ...toRow({ id, kind: 'GRASSROOTS_GROUP' }, name, place, 'HAMLET', seed),
    instance: 'COLLECTIVE',
    parentId: bodyOf('police', place).id,
    groupCount: toMeasure(random, random.logNormal(1_300, 0.6)),
  };
}

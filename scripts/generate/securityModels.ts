import type { SecurityModelRow } from '../../subgraphs/campaigns/models/SecurityModel.ts';
import { withName } from '../../subgraphs/shared/derivedFields.ts';
import { bodyOf, groupsOf, type GroupSettings } from './bodies.ts';
import { MOVEMENT_ID } from './campaigns.ts';
import { createRandom } from './createRandom.ts';
import { ID_PREFIX } from './marks.ts';
import { toMeasure } from './measures.ts';
import { unitFields, type Place } from './Place.ts';
import { citing } from './sources.ts';

type Kind = SecurityModelRow['kind'];

const kinds: [[Kind, { vi: string; en: string }], number][] = [
  [['SELF_MANAGEMENT', { vi: 'Tự phòng, tự quản, tự bảo vệ', en: 'Self-management' }], 30],
  [['SECURITY_CAMERA', { vi: 'Camera an ninh', en: 'Security cameras' }], 20],
  [['TIP_BOX', { vi: 'Hòm thư tố giác tội phạm', en: 'Crime tip box' }], 15],
  [['SAFE_AREA', { vi: 'Khu dân cư an toàn về an ninh, trật tự', en: 'Safe area' }], 15],
  [['CLUB', { vi: 'Câu lạc bộ phòng, chống tội phạm', en: 'Club against crime' }], 10],
  [['VOLUNTEER_TEAM', { vi: 'Đội thanh niên xung kích', en: 'Volunteer team' }], 10],
];

/** The grassroots model of a commune, if it has one: every second commune does. */
export function toSecurityModel(place: Place, settings: GroupSettings): SecurityModelRow | null {
  const random = createRandom(settings.seed, 'model', place.key);
  if (place.level !== 'COMMUNE' || !random.chance(0.5)) return null;
  const [kind, { vi, en }] = random.weighted(kinds as [(typeof kinds)[0], ...typeof kinds]);
  const number = random.integer(1, 20);
  const [team] = groupsOf(place, settings);
  return {
    _id: `${ID_PREFIX}mdl-${place.key}`,
    ...withName({
      vi: `Mô hình «${vi}» số ${number} ${place.label}`,
      en: `${en} ${number} of ${place.name.en}`,
    }),
    ...citing({ place }, random),
    notes: [],
    kind,
    ...unitFields(place),
    siteIds: [],
    count: random.chance(0.3) ? toMeasure(random, random.logNormal(6, 1)) : undefined,
    isExemplary: random.chance(0.1),
    settings: ['thôn', 'tổ dân phố'],
    operatorId: bodyOf('police', place).id,
    groupId: team?.id,
    campaignId: MOVEMENT_ID,
  };
}

import type { ActivityRow } from '../../subgraphs/campaigns/models/Activity.ts';
import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import { dateFields, periodFields, withName } from '../../subgraphs/shared/derivedFields.ts';
import { bodyOf, groupsOf, type GroupSettings } from './bodies.ts';
import { editionId, FESTIVALS_ID, planId, PROGRAMME_ID } from './campaigns.ts';
import { createRandom, type Random } from './createRandom.ts';
import { asReported, dayBetween } from './dates.ts';
import { ID_PREFIX } from './marks.ts';
import { toMeasure } from './measures.ts';
import { toParticipantFields, toParticipations, type Part } from './participations.ts';
import { unitFields, type Place } from './Place.ts';
import { toSecurityModel } from './securityModels.ts';
import { citing } from './sources.ts';

/** The work of one place in one year. */
export interface PlaceYear {
  place: Place;
  year: number;
  settings: GroupSettings;
}

/** An activity with the parts that are taken in it. */
interface ActivityRows {
  activity: ActivityRow;
  participations: ParticipationRow[];
}

interface Line {
  form: ActivityRow['form'];
  vi: string;
  en: string;
  /** What its quantity counts, where it is told. */
  unit?: { vi: string; en: string };
}

const sessions = { vi: 'buổi', en: 'sessions' };
const lines: [[Line, number], ...[Line, number][]] = [
  [
    { form: 'COMMUNICATION', vi: 'Tuyên truyền pháp luật', en: 'Legal education', unit: sessions },
    5,
  ],
  [{ form: 'PATROL_AND_ORDER', vi: 'Tuần tra, giữ gìn trật tự', en: 'Patrols and order' }, 4],
  [{ form: 'CRIME_PREVENTION', vi: 'Phòng ngừa tội phạm', en: 'Crime prevention' }, 4],
  [{ form: 'MODEL_BUILDING', vi: 'Xây dựng, nhân rộng mô hình', en: 'Building of models' }, 2],
  [{ form: 'TRAINING', vi: 'Tập huấn nghiệp vụ', en: 'Training', unit: sessions }, 2],
  [
    {
      form: 'PLEDGE',
      vi: 'Ký cam kết bảo đảm an ninh, trật tự',
      en: 'Pledges of order',
      unit: { vi: 'hộ', en: 'households' },
    },
    2,
  ],
  [{ form: 'COORDINATION', vi: 'Phối hợp giữa các lực lượng', en: 'Coordination of forces' }, 2],
  [{ form: 'DISASTER_PREVENTION', vi: 'Phòng, chống thiên tai', en: 'Disaster prevention' }, 1],
  [{ form: 'COMMUNITY_EDUCATION', vi: 'Giáo dục tại cộng đồng', en: 'Community education' }, 1],
  [{ form: 'GIFT', vi: 'Trao tặng quà', en: 'Gifts', unit: { vi: 'suất quà', en: 'gifts' } }, 1],
  [{ form: 'INSPECTION', vi: 'Kiểm tra việc thực hiện', en: 'Inspection of the work' }, 1],
  [
    {
      form: 'REPORTING',
      vi: 'Sơ kết, báo cáo',
      en: 'Reports',
      unit: { vi: 'báo cáo', en: 'reports' },
    },
    1,
  ],
];

/** Fields of every activity; the rows of its parts go with it. */
function toRows(
  { place, year, settings: { seed } }: PlaceYear,
  parts: Part[],
  draft: Pick<ActivityRow, '_id' | 'name' | 'form' | 'status' | 'isEvent' | 'campaignIds'> &
    Partial<ActivityRow>,
): ActivityRows {
  const { name, date, ...row } = draft;
  const asserted = citing({ place, year }, createRandom(seed, row._id, 'source'));
  return {
    activity: {
      isPilotSite: false,
      documentIds: [],
      modelIds: [],
      ...row,
      ...withName(name),
      ...asserted,
      notes: [],
      date,
      ...dateFields(date),
      ...unitFields(place),
      participantIds: toParticipantFields(parts).participantIds,
      officialIds: [],
    },
    participations: toParticipations(
      { activityId: row._id },
      { years: periodFields({ from: date }).years, parts, asserted },
    ),
  };
}

const where = ({ label, name }: Place) => ({
  vi: label || 'cả nước',
  en: label ? name.en : 'Viet Nam',
});

/** Who takes part in an event: three to five bodies of the place and of the one above it. */
function partsOfEvent(organizer: 'steering' | 'front', place: Place, random: Random): Part[] {
  const others: Part[] = [
    { role: 'ATTENDED', body: bodyOf('elderly', place) },
    { role: 'SPOKE', body: bodyOf('party', place) },
    { role: 'SHARED_EXPERIENCE', body: bodyOf('women', place) },
    ...(place.parent ? [{ role: 'ATTENDED' as const, body: bodyOf('police', place.parent) }] : []),
  ];
  return [
    { role: 'ORGANIZER', body: bodyOf(organizer, place) },
    { role: 'CO_ORGANIZER', body: bodyOf('police', place) },
    ...others.filter(() => random.chance(0.5)),
    { role: 'HOST', body: bodyOf('committee', place) },
  ];
}

/** The conference that reviews the year, from December to February of the next year. */
function toReview(work: PlaceYear): ActivityRows {
  const { place, year, settings } = work;
  const id = reviewId(work);
  const random = createRandom(settings.seed, id);
  const day = random.chance(0.7)
    ? dayBetween(random, `${year + 1}-01-02`, `${year + 1}-02-28`)
    : dayBetween(random, `${year}-12-01`, `${year}-12-31`);
  const isFinal = random.chance(0.8);
  const median = { COUNTRY: 600, PROVINCE: 250, DISTRICT: 150, COMMUNE: 70 }[place.level];
  return toRows(work, partsOfEvent('steering', place, random), {
    _id: id,
    name: {
      vi: `Hội nghị ${isFinal ? 'tổng kết' : 'sơ kết'} phong trào Toàn dân bảo vệ an ninh Tổ quốc năm ${year} ${where(place).vi}`,
      en: `Conference reviewing the movement in ${year}, ${where(place).en}`,
    },
    form: random.chance(0.15) ? 'HONOURING_CONFERENCE' : 'CONFERENCE',
    status: 'DONE',
    isEvent: true,
    date: asReported(random, day),
    review: isFinal ? 'FINAL' : 'INTERIM',
    campaignIds: place.parent ? [editionId(place, year)] : [editionId(place, year), PROGRAMME_ID],
    attendance: random.chance(0.6) ? toMeasure(random, random.logNormal(median, 0.5)) : undefined,
    bridgePoints:
      place.level === 'COMMUNE' || random.chance(0.7)
        ? undefined
        : toMeasure(random, random.integer(5, 60)),
  });
}

/** The festival: between 2 July and its day, 19 August. */
function toFestival(work: PlaceYear): ActivityRows {
  const { place, year, settings } = work;
  const id = `${ID_PREFIX}evt-${place.key}-${year}-festival`;
  const random = createRandom(settings.seed, id);
  const model = toSecurityModel(place, settings);
  return toRows(work, partsOfEvent('front', place, random), {
    _id: id,
    name: {
      vi: `Ngày hội Toàn dân bảo vệ an ninh Tổ quốc năm ${year} ${where(place).vi}`,
      en: `Festival of the movement ${year}, ${where(place).en}`,
    },
    form: 'FESTIVAL',
    status: 'DONE',
    isEvent: true,
    isPilotSite: random.chance(0.03),
    date: asReported(random, dayBetween(random, `${year}-07-02`, `${year}-08-19`)),
    campaignIds: [FESTIVALS_ID, editionId(place, year)],
    modelIds: model && random.chance(0.3) ? [model._id] : [],
    attendance: random.chance(0.5) ? toMeasure(random, random.logNormal(300, 0.6)) : undefined,
  });
}

/** A line of work of the year, as the review reports it. */
function toLine(work: PlaceYear, number: number): ActivityRows {
  const { place, year, settings } = work;
  const id = lineId(work, number);
  const random = createRandom(settings.seed, id);
  const { form, vi, en, unit } = random.weighted(lines);
  const teams = groupsOf(place, settings);
  const team = teams[random.integer(0, teams.length)];
  const parts: Part[] = [
    { role: 'ACTOR', body: bodyOf('police', place) },
    { role: 'ACTOR', body: team ?? bodyOf(random.pick(['women', 'elderly']), place) },
    ...(random.chance(0.8)
      ? [{ role: 'ACTOR' as const, body: bodyOf(random.pick(['front', 'committee']), place) }]
      : []),
    ...(random.chance(0.6) ? [{ role: 'ACTOR' as const, body: bodyOf('council', place) }] : []),
    ...(random.chance(0.6)
      ? [{ role: 'RECIPIENT' as const, body: bodyOf('steering', place) }]
      : []),
  ];
  return toRows(work, parts, {
    _id: id,
    name: {
      vi: `${vi} ${where(place).vi} năm ${year}, đợt ${number}`,
      en: `${en}, ${where(place).en}, ${year}, round ${number}`,
    },
    form,
    status: random.weighted<ActivityRow['status']>([
      ['DONE', 88],
      ['PLANNED', 7],
      ['RECOMMENDED', 5],
    ]),
    isEvent: false,
    campaignIds: [random.chance(0.1) ? PROGRAMME_ID : editionId(place, year)],
    eventId: reviewId(work),
    documentIds: random.chance(0.2) ? [planId(place, year)] : [],
    ...(unit && random.chance(0.5)
      ? { quantity: toMeasure(random, random.logNormal(20, 1)), quantityUnit: unit }
      : {}),
  });
}

/** The review that stands first among the activities of a place and year. */
export const reviewId = ({ place, year }: PlaceYear) =>
  `${ID_PREFIX}evt-${place.key}-${year}-review`;

const lineId = ({ place, year }: PlaceYear, number: number) =>
  `${ID_PREFIX}act-${place.key}-${year}-${String(number).padStart(3, '0')}`;

/**
 * The activities of a place in a year, `count` of them and at least one: its review, a festival at
 * three places in five, and lines of work.
 */
export function* toActivities(work: PlaceYear, count: number): Generator<ActivityRows> {
  yield toReview(work);
  const { place, year, settings } = work;
  const hasFestival =
    count > 1 && createRandom(settings.seed, 'festival', place.key, year).chance(0.58);
  if (hasFestival) yield toFestival(work);
  const rest = count - (hasFestival ? 2 : 1);
  for (let number = 1; number <= rest; number++) yield toLine(work, number);
}

/** One of the lines of work that toActivities() makes for certain, if there is any. */
export function someLineId(work: PlaceYear, count: number, random: Random): string | undefined {
  return count > 2 ? lineId(work, random.integer(1, count - 2)) : undefined;
}

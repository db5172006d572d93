import type { DataNoteRow } from '../../subgraphs/organizations/models/DataNote.ts';
import type { RecognitionRow } from '../../subgraphs/recognitions/models/Recognition.ts';
import { dateFields, withName } from '../../subgraphs/shared/derivedFields.ts';
import type { PlaceYear } from './activities.ts';
import { awardsOf, type Award } from './awards.ts';
import { bodyOf, membersOf, nameOf, type BodySort } from './bodies.ts';
import { editionId, MOVEMENT_ID, PROGRAMME_ID } from './campaigns.ts';
import { createRandom, type Random } from './createRandom.ts';
import { ID_PREFIX } from './marks.ts';
import { unitFields, type Level } from './Place.ts';
import { citing } from './sources.ts';

type Counts = NonNullable<RecognitionRow['counts']>;

/** The ceremony at which awards are given: the review of the year. */
export interface Ceremony {
  id: string;
  date?: string | null | undefined;
}

/** A statement, with the editor's note where two contradict one another. */
export type Statement = { recognition: RecognitionRow } | { note: DataNoteRow };

/**
 * So often a statement that is not the last of its place and year begins a breakdown, or a pair that
 * contradicts itself: of all statements three in a hundred are breakdowns, one or two contradict.
 */
const HAS_BREAKDOWN = 0.065;
const HAS_RIVAL = 0.01;
const NOT_STATED = 0.2;

/** Usual numbers of collectives in a statement, and of individuals to each of them. */
const usual: Record<Level, { collectives: number; individuals: number }> = {
  COUNTRY: { collectives: 40, individuals: 2 },
  PROVINCE: { collectives: 5, individuals: 1 },
  DISTRICT: { collectives: 5, individuals: 1.2 },
  COMMUNE: { collectives: 2.2, individuals: 1.2 },
};

function drawCounts({ takes }: Award, level: Level, random: Random): Counts {
  const { collectives, individuals } = usual[level];
  const many = random.logNormal(collectives, 1);
  const draw = (number: number) => Math.max(1, Math.round(number));
  return {
    status: 'STATED',
    ...(takes === 'INDIVIDUALS' ? {} : { collectives: draw(many) }),
    ...(takes === 'COLLECTIVES' ? {} : { individuals: draw(many * individuals) }),
  };
}

/** Other numbers than those told: what a second report says, or how many of all one award had. */
function changeCounts(
  { status, collectives, individuals }: Counts,
  factor: number,
  { takes }: Award,
): Counts {
  const change = (number: number | null | undefined) =>
    number ? Math.max(1, Math.ceil(number * factor)) : undefined;
  return {
    status,
    collectives: takes === 'INDIVIDUALS' ? undefined : change(collectives),
    individuals: takes === 'COLLECTIVES' ? undefined : change(individuals),
  };
}

function describe({ collectives, individuals }: Counts): { vi: string; en: string } {
  const told = [
    { number: collectives, vi: 'tập thể', en: 'collective' },
    { number: individuals, vi: 'cá nhân', en: 'individual' },
  ].filter(({ number }) => number);
  if (!told.length) {
    return { vi: 'cho các tập thể, cá nhân', en: 'for collectives and individuals' };
  }
  return {
    vi: `cho ${told.map(({ number, vi }) => `${number} ${vi}`).join(', ')}`,
    en: `for ${told.map(({ number, en }) => `${number} ${en}${number === 1 ? '' : 's'}`).join(' and ')}`,
  };
}

/** Organizations of the place that are named as recipients, in three statements out of five. */
function drawRecipients(random: Random): BodySort[] {
  if (random.chance(0.4)) return [];
  const one = random.pick<BodySort>(['police', 'front', 'steering', 'women', 'elderly']);
  return random.chance(0.3) ? [one, 'committee'] : [one];
}

interface Draft {
  _id: string;
  award: Award;
  counts: Counts;
  random: Random;
  edition?: 1 | 2;
}

function toRecognition(
  work: PlaceYear,
  ceremony: Ceremony,
  { _id, award, counts, random, edition = 1 }: Draft,
): RecognitionRow {
  const { place, year } = work;
  const { vi, en } = describe(counts);
  const issuers = award.issuers.map(({ sort, of }) => bodyOf(sort, of));
  const recipients = drawRecipients(random);
  const bodies = recipients.map((sort) => bodyOf(sort, place));
  const members = recipients.flatMap((sort) => membersOf(sort, place));
  const isOfProgramme = !place.parent && random.chance(0.5);
  const awardYear = random.chance(0.1) ? undefined : year;
  return {
    _id,
    ...withName({
      vi: `${award.vi} ${vi}, ${place.label || 'cả nước'} năm ${year}`,
      en: `${award.en} ${en}, ${place.label ? place.name.en : 'Viet Nam'}, ${year}`,
    }),
    ...citing({ place, year, edition }, random),
    notes: [],
    forms: award.forms,
    issuers: award.issuers.map(({ sort, of, office, level }) => ({
      organizationId: bodyOf(sort, of).id,
      office,
      level,
      asPrinted: nameOf(sort, of).vi,
    })),
    counts,
    recipients: bodies.length
      ? bodies.map(({ id }) => ({ organizationId: id }))
      : [{ unitId: place.id, scope: { vi: 'các đơn vị, địa phương', en: 'units and localities' } }],
    campaignId: isOfProgramme ? PROGRAMME_ID : editionId(place, year),
    activityId: ceremony.id,
    ...unitFields(place),
    conferredOn: ceremony.date,
    ...dateFields(ceremony.date),
    awardYear,
    awardYearSort: awardYear ?? 0,
    reason: {
      vi: 'có thành tích trong phong trào Toàn dân bảo vệ an ninh Tổ quốc',
      en: 'for merit in the movement',
    },
    presentedByIds: [],
    conflictsWithIds: [],
    isDisputed: false,
    issuerIds: [...new Set(issuers.map(({ id }) => id))],
    issuerKinds: [...new Set(issuers.map(({ kind }) => kind))],
    issuerLevels: [...new Set(award.issuers.map(({ level }) => level))],
    recipientIds: bodies.map(({ id }) => id),
    recipientKinds: [...new Set(bodies.map(({ kind }) => kind))],
    recipientOrMemberIds: [...new Set([...bodies, ...members].map(({ id }) => id))],
    campaignOrMovementIds: isOfProgramme ? [PROGRAMME_ID] : [editionId(place, year), MOVEMENT_ID],
    wholeIds: [],
    isPlain: true,
  };
}

function toNote(_id: string, rivals: readonly RecognitionRow[]): DataNoteRow {
  return {
    _id,
    type: 'CONTRADICTION',
    resolution: 'KEEP_BOTH',
    description: 'Synthetic: two reports give different numbers for the same awards.',
    recordIds: rivals.map((rival) => rival._id),
    provenance: rivals.flatMap(({ provenance }) => provenance),
    sourceIds: [...new Set(rivals.flatMap(({ sourceIds }) => sourceIds))],
  };
}

/**
 * The statements on awards in a place and year, `count` of them: single ones, totals with a
 * breakdown, and pairs that contradict one another.
 */
export function* toRecognitions(
  work: PlaceYear,
  count: number,
  ceremony: Ceremony,
): Generator<Statement> {
  const { place, year, settings } = work;
  const idOf = (number: number) =>
    `${ID_PREFIX}rec-${place.key}-${year}-${String(number).padStart(3, '0')}`;
  for (let number = 1; number <= count; number++) {
    const _id = idOf(number);
    const random = createRandom(settings.seed, _id);
    const kind = number < count ? random.next() : 1;
    const award = awardsOf(place, random, kind < HAS_BREAKDOWN);
    const [part] = award.parts;
    if (kind < HAS_BREAKDOWN && part) {
      number += 1;
      const counts = drawCounts(award, place.level, random);
      const whole = toRecognition(work, ceremony, { _id, award, counts, random });
      const piece = toRecognition(work, ceremony, {
        _id: idOf(number),
        award: part,
        counts: changeCounts(counts, 0.3, part),
        random,
      });
      yield { recognition: { ...whole, isPlain: false } };
      yield {
        recognition: { ...piece, breakdownOfId: _id, wholeIds: [_id], isPlain: false },
      };
    } else if (kind < HAS_BREAKDOWN + HAS_RIVAL) {
      number += 1;
      const counts = drawCounts(award, place.level, random);
      const rivals = [
        toRecognition(work, ceremony, { _id, award, counts, random }),
        toRecognition(work, ceremony, {
          _id: idOf(number),
          award,
          counts: changeCounts(counts, 1.3, award),
          random,
          edition: 2,
        }),
      ];
      for (const rival of rivals) {
        const others = rivals.flatMap((other) => (other === rival ? [] : [other._id]));
        yield {
          recognition: { ...rival, conflictsWithIds: others, isDisputed: true, isPlain: false },
        };
      }
      yield { note: toNote(`${ID_PREFIX}note-${place.key}-${year}-${number}`, rivals) };
    } else {
      const counts = random.chance(NOT_STATED)
        ? { status: 'NOT_STATED' as const }
        : drawCounts(award, place.level, random);
      yield { recognition: toRecognition(work, ceremony, { _id, award, counts, random }) };
    }
  }
}

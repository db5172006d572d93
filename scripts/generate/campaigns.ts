import type { CampaignRow } from '../../subgraphs/campaigns/models/Campaign.ts';
import type { OfficialDocumentRow } from '../../subgraphs/campaigns/models/OfficialDocument.ts';
import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import { numberKey } from '../../subgraphs/campaigns/numberKey.ts';
import { dateFields, periodFields, withName } from '../../subgraphs/shared/derivedFields.ts';
import { bodyOf, type Body } from './bodies.ts';
import { createRandom } from './createRandom.ts';
import { dayBetween, periodOfYear } from './dates.ts';
import { ID_PREFIX, MARK } from './marks.ts';
import { toParticipantFields, toParticipations, type Part } from './participations.ts';
import { unitFields, type Place } from './Place.ts';
import { citing } from './sources.ts';

export const MOVEMENT_ID = `${ID_PREFIX}mov`;
export const FESTIVALS_ID = `${ID_PREFIX}fest`;
export const PROGRAMME_ID = `${ID_PREFIX}prog`;
const DIRECTIVE_ID = `${ID_PREFIX}doc-directive`;
const PROGRAMME_DOCUMENT_ID = `${ID_PREFIX}doc-programme`;

/** Campaigns and plans are those of a province, or of the country. */
const ownerOf = (place: Place): Place =>
  place.province ?? (place.parent ? ownerOf(place.parent) : place);

/** The movement's edition that the work of a place belongs to. */
export const editionId = (place: Place, year: number) =>
  `${ID_PREFIX}ed-${ownerOf(place).key}-${year}`;

/** The plan that the work of a place follows. */
export const planId = (place: Place, year: number) =>
  `${ID_PREFIX}doc-plan-${ownerOf(place).key}-${year}`;

type DocumentDraft = Pick<
  OfficialDocumentRow,
  '_id' | 'name' | 'type' | 'number' | 'issuedOn' | 'relations'
> & { number: string; issuers: Body[]; place: Place; year?: number };

function toDocument(draft: DocumentDraft, seed: number): OfficialDocumentRow {
  const { issuers, place, year, name, ...row } = draft;
  const { firstDay, lastDay } = dateFields(row.issuedOn);
  return {
    ...row,
    ...withName(name, [row.number]),
    ...citing({ place, year }, createRandom(seed, row._id)),
    notes: [],
    isSingle: true,
    numberVariants: [],
    numberKeys: [numberKey(row.number)],
    issuerIds: issuers.map(({ id }) => id),
    firstDay,
    lastDay,
  };
}

type CampaignDraft = Pick<CampaignRow, '_id' | 'name' | 'kind'> &
  Partial<Pick<CampaignRow, 'parentId' | 'linkedCampaignIds' | 'period' | 'recurrence'>> & {
    place: Place;
    year?: number;
    parts: Part[];
    document?: OfficialDocumentRow;
    guiding?: OfficialDocumentRow[];
  };

/** A campaign with the parts that are taken in it. */
interface CampaignRows {
  campaign: CampaignRow;
  participations: ParticipationRow[];
}

function toCampaign(draft: CampaignDraft, seed: number): CampaignRows {
  const { place, year, parts, name, document, guiding = [], ...row } = draft;
  const documents = [...(document ? [document] : []), ...guiding];
  const { years, firstDay, lastDay } = periodFields(row.period);
  const asserted = citing({ place, year }, createRandom(seed, row._id));
  const campaign: CampaignRow = {
    linkedCampaignIds: [],
    ...row,
    ...withName(name),
    ...asserted,
    notes: [],
    otherNames: [],
    ...unitFields(place),
    periodSort: (row.period?.to ? lastDay : firstDay) ?? '',
    years,
    documentId: document?._id,
    guidingDocumentIds: guiding.map(({ _id }) => _id),
    documentIds: documents.map(({ _id }) => _id),
    documentNumberKeys: documents.flatMap(({ numberKeys }) => numberKeys),
    ...toParticipantFields(parts),
  };
  return {
    campaign,
    participations: toParticipations({ campaignId: row._id }, { years, parts, asserted }),
  };
}

/** The national directive and joint programme, the movement, its festivals and the programme itself. */
export function toNationalCampaigns(
  country: Place,
  seed: number,
): { documents: OfficialDocumentRow[]; campaigns: CampaignRows[] } {
  const [police, front, party, steering] = (['police', 'front', 'party', 'steering'] as const).map(
    (sort) => bodyOf(sort, country),
  ) as [Body, Body, Body, Body];
  const directive = toDocument(
    {
      _id: DIRECTIVE_ID,
      name: {
        vi: `Chỉ thị số 01-CT/SYN về phong trào Toàn dân bảo vệ an ninh Tổ quốc (${MARK.vi})`,
        en: `Directive 01-CT/SYN on the movement (${MARK.en})`,
      },
      type: 'CHI_THI',
      number: '01-CT/SYN',
      issuedOn: '2021-12-01',
      relations: [],
      issuers: [party],
      place: country,
    },
    seed,
  );
  const agreement = toDocument(
    {
      _id: PROGRAMME_DOCUMENT_ID,
      name: {
        vi: `Chương trình phối hợp số 02/CTr-SYN (${MARK.vi})`,
        en: `Joint programme 02/CTr-SYN (${MARK.en})`,
      },
      type: 'CHUONG_TRINH_PHOI_HOP',
      number: '02/CTr-SYN',
      issuedOn: '2022-01-10',
      relations: [{ type: 'IMPLEMENTS', documentId: directive._id }],
      issuers: [police, front],
      place: country,
    },
    seed,
  );
  const campaigns = [
    {
      _id: MOVEMENT_ID,
      name: {
        vi: `Phong trào Toàn dân bảo vệ an ninh Tổ quốc (${MARK.vi})`,
        en: `All-people movement to protect national security (${MARK.en})`,
      },
      kind: 'MOVEMENT' as const,
      guiding: [directive],
      parts: [{ role: 'LEAD' as const, body: steering }],
    },
    {
      _id: FESTIVALS_ID,
      name: {
        vi: `Ngày hội Toàn dân bảo vệ an ninh Tổ quốc (${MARK.vi})`,
        en: `Festival of the movement (${MARK.en})`,
      },
      kind: 'FESTIVAL_SERIES' as const,
      parentId: MOVEMENT_ID,
      recurrence: 'ANNUAL' as const,
      parts: [{ role: 'LEAD' as const, body: front }],
    },
    {
      _id: PROGRAMME_ID,
      name: {
        vi: `Chương trình phối hợp số 02 giai đoạn 2022-2026 (${MARK.vi})`,
        en: `Joint programme 02, 2022-2026 (${MARK.en})`,
      },
      kind: 'JOINT_PROGRAMME' as const,
      linkedCampaignIds: [MOVEMENT_ID],
      period: { label: '2022-2026', from: '2022', to: '2026', inferred: false },
      document: agreement,
      guiding: [directive],
      parts: [police, front].map((body) => ({ role: 'SIGNATORY' as const, body })),
    },
  ];
  return {
    documents: [directive, agreement],
    campaigns: campaigns.map((draft) => toCampaign({ ...draft, place: country }, seed)),
  };
}

/** The edition of the movement in a province, or in the country, in one year, with its plan. */
export function toEdition(
  place: Place,
  year: number,
  seed: number,
): { document: OfficialDocumentRow } & CampaignRows {
  const where = { vi: place.label || 'cả nước', en: place.label ? place.name.en : 'Viet Nam' };
  const period = periodOfYear(year, place.validFrom);
  const number = `${createRandom(seed, 'plan', place.key, year).integer(10, 400)}/KH-SYN`;
  const document = toDocument(
    {
      _id: planId(place, year),
      name: {
        vi: `Kế hoạch số ${number} về phong trào năm ${year}, ${where.vi}`,
        en: `Plan ${number} for the movement in ${where.en}, ${year}`,
      },
      type: 'KE_HOACH',
      number,
      issuedOn: dayBetween(
        createRandom(seed, 'issued', place.key, year),
        period.from,
        `${period.from.slice(0, 8)}28`,
      ),
      relations: [{ type: 'IMPLEMENTS', documentId: DIRECTIVE_ID }],
      issuers: [bodyOf('committee', place)],
      place,
      year,
    },
    seed,
  );
  const participants = (['front', 'elderly', 'women'] as const).map((sort) => ({
    role: 'PARTICIPANT' as const,
    body: bodyOf(sort, place),
  }));
  return {
    document,
    ...toCampaign(
      {
        _id: editionId(place, year),
        name: {
          vi: `Phong trào Toàn dân bảo vệ an ninh Tổ quốc ${where.vi} năm ${year}`,
          en: `The movement in ${where.en}, ${year}`,
        },
        kind: 'MOVEMENT_EDITION',
        parentId: MOVEMENT_ID,
        period: { ...period, inferred: false },
        guiding: [document],
        place,
        year,
        parts: [{ role: 'LEAD', body: bodyOf('steering', place) }, ...participants],
      },
      seed,
    ),
  };
}

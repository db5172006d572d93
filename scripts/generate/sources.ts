import type { SourceRow } from '../../subgraphs/organizations/models/Source.ts';
import { firstDay } from '../../subgraphs/shared/partialDate.ts';
import { searchFields } from '../../subgraphs/shared/search.ts';
import type { OrganizationRow } from '../../subgraphs/organizations/models/Organization.ts';
import type { Random } from './createRandom.ts';
import { ID_PREFIX, MARK, PUBLISHER } from './marks.ts';
import type { Place } from './Place.ts';

/** What a record says of where it comes from. */
export type Asserted = Pick<OrganizationRow, 'version' | 'provenance' | 'inferences' | 'sourceIds'>;

/** The report that tells of a place: without a year what there is, with one what was done in it. */
export interface ReportOf {
  place: Place;
  year?: number | undefined;
  /** Each place and year has two reports, so that they can contradict one another. */
  edition?: 1 | 2;
}

/** Reports are made for the country and for each province. */
function reporterOf(place: Place): Place {
  if (place.province) return place.province;
  return place.parent ? reporterOf(place.parent) : place;
}

const sourceId = ({ place, year, edition = 1 }: ReportOf) =>
  [`${ID_PREFIX}src`, reporterOf(place).key, ...(year ? [year, edition] : [])].join('-');

/** The provenance of a record that stands in a report. */
export function citing(
  report: ReportOf,
  random: Random,
  inferences: Asserted['inferences'] = [],
): Asserted {
  const id = sourceId(report);
  return {
    version: 1,
    provenance: [{ sourceId: id, paragraphs: [random.integer(1, 40)], section: 'BODY' }],
    inferences,
    sourceIds: [id],
  };
}

/** The report as the organizations subgraph stores it. */
function toSource(report: ReportOf): SourceRow {
  const { place, year, edition = 1 } = report;
  const where = place.label || 'cả nước';
  const title = year
    ? `Báo cáo số ${edition} về phong trào năm ${year}, ${where} (${MARK.vi})`
    : `Danh bạ tổ chức, ${where} (${MARK.vi})`;
  // Reviews of a year are held until the end of February of the next one.
  const publishedAt = year ? `${year + 1}-03-${edition === 1 ? '05' : '19'}` : '2022-01-01';
  return {
    _id: sourceId(report),
    title,
    publisher: PUBLISHER,
    url: null,
    publishedAt,
    publishedPrecision: 'DAY',
    publishedSort: firstDay(publishedAt),
    language: 'VI',
    byline: [],
    inferences: [],
    remarks: [],
    unitId: place.id,
    ...searchFields([title, PUBLISHER]),
  };
}

/** All reports on a place, if there are any: its register, and two for each year that it stands in. */
export function toSources(place: Place, years: readonly number[]): SourceRow[] {
  if (reporterOf(place) !== place) return [];
  return [
    toSource({ place }),
    ...years.flatMap((year) =>
      ([1, 2] as const).map((edition) => toSource({ place, year, edition })),
    ),
  ];
}

/** The copy of a source that the other subgraphs keep. */
export const toSourceCopy = ({
  _id,
  title,
  publisher,
  url,
  publishedAt,
  publishedPrecision,
}: SourceRow) => ({ _id, title, publisher, url, publishedAt, publishedPrecision });

import type { OutcomeMetricRow } from '../../subgraphs/campaigns/models/OutcomeMetric.ts';
import { MARK, METRIC_PREFIX } from './marks.ts';
import type { Level } from './Place.ts';

/** What synthetic figures measure. */
export interface Metric {
  code: string;
  vi: string;
  en: string;
  unit: { vi: string; en: string };
  /** A usual figure of a commune for a year; null where figures are not kept for so small a place. */
  median: number | null;
  /** A share, in per cent: never added up. */
  isShare?: boolean;
}

const cases = { vi: 'vụ việc', en: 'cases' };

/** People are counted in the sensitive ones: for those a commune has no figure (see assertAggregate). */
export const metrics: readonly [Metric, ...Metric[]] = [
  {
    code: 'LEGAL_EDUCATION_SESSIONS',
    vi: 'Cuộc tuyên truyền, giáo dục pháp luật',
    en: 'Legal education sessions',
    unit: { vi: 'cuộc', en: 'sessions' },
    median: 12,
  },
  {
    code: 'LEGAL_EDUCATION_ATTENDANCE',
    vi: 'Lượt người được tuyên truyền',
    en: 'Attendances at legal education',
    unit: { vi: 'lượt người', en: 'attendances' },
    median: 1_500,
  },
  {
    code: 'LEAFLETS',
    vi: 'Tờ rơi tuyên truyền',
    en: 'Leaflets issued',
    unit: { vi: 'tờ', en: 'leaflets' },
    median: 800,
  },
  {
    code: 'NEWS_ITEMS',
    vi: 'Tin, bài, phóng sự',
    en: 'News items, articles and reports',
    unit: { vi: 'tin, bài', en: 'items' },
    median: 10,
  },
  {
    code: 'SELF_MANAGEMENT_MODELS',
    vi: 'Mô hình tự quản',
    en: 'Self-management models',
    unit: { vi: 'mô hình', en: 'models' },
    median: 4,
  },
  {
    code: 'TIP_BOXES',
    vi: 'Hòm thư tố giác tội phạm',
    en: 'Crime tip boxes',
    unit: { vi: 'hòm thư', en: 'boxes' },
    median: 5,
  },
  {
    code: 'SECURITY_CAMERAS',
    vi: 'Mắt camera an ninh',
    en: 'Security cameras',
    unit: { vi: 'mắt', en: 'cameras' },
    median: 40,
  },
  {
    code: 'CASES_DETECTED',
    vi: 'Vụ việc được phát hiện',
    en: 'Cases detected',
    unit: cases,
    median: 6,
  },
  {
    code: 'FIREWORKS_RECOVERED_KG',
    vi: 'Pháo thu hồi',
    en: 'Fireworks recovered',
    unit: { vi: 'kg', en: 'kg' },
    median: 9,
  },
  {
    code: 'HOUSEHOLD_PLEDGE_COVERAGE',
    vi: 'Tỷ lệ hộ dân ký cam kết',
    en: 'Share of households that signed the pledge',
    unit: { vi: '%', en: '%' },
    median: 90,
    isShare: true,
  },
  {
    code: 'INFORMATION_REPORTS',
    vi: 'Nguồn tin có giá trị',
    en: 'Useful pieces of information received',
    unit: { vi: 'nguồn tin', en: 'reports' },
    median: null,
  },
  {
    code: 'COMMUNITY_EDUCATION_CASES',
    vi: 'Trường hợp quản lý, giáo dục tại cộng đồng',
    en: 'Cases under community education (aggregate)',
    unit: { vi: 'trường hợp', en: 'cases' },
    median: null,
  },
];

export const codeOf = ({ code }: Metric) => `${METRIC_PREFIX}${code}`;
export const isSensitive = ({ median }: Metric) => median === null;

/** How many times a commune's figure the usual one of a place is. */
export const scaleOf: Record<Level, number> = {
  COUNTRY: 5_000,
  PROVINCE: 150,
  DISTRICT: 15,
  COMMUNE: 1,
};

/** The metric as it is stored: its code and name are marked, since it has no source to say so. */
export const toMetric = (metric: Metric): OutcomeMetricRow => ({
  _id: codeOf(metric),
  name: { vi: `${metric.vi} (${MARK.vi})`, en: `${metric.en} (${MARK.en})` },
  unit: metric.unit,
  isAdditive: !metric.isShare,
  isSensitive: isSensitive(metric),
});

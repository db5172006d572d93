import type {
  DashboardCampaignsQuery,
  DashboardRecognitionsQuery,
} from './__generated__/operations.ts';
import { text } from '../shared/language.ts';
import { formatNumber, formatRange } from './labels.ts';

/** The movement in a few numbers. Those that are not known yet, or can't be, are dashes. */
export function Glance({
  campaigns,
  recognitions,
  isLoading,
}: {
  campaigns: DashboardCampaignsQuery | undefined;
  recognitions: DashboardRecognitionsQuery | undefined;
  isLoading: boolean;
}) {
  const totals = recognitions?.recognitionTotals;
  const figures = campaigns?.outcomeAggregates.reduce((sum, { count }) => sum + count, 0);
  const tiles: [string, string | undefined][] = [
    [text('chương trình', 'programmes'), count(campaigns?.programmes.totalCount)],
    [text('sự kiện', 'events'), count(campaigns?.events.totalCount)],
    [text('mô hình ở cơ sở', 'grassroots models'), count(campaigns?.models.totalCount)],
    [text('số liệu kết quả', 'outcome figures'), count(figures)],
    [
      text('tập thể được khen', 'collectives honoured'),
      totals && formatRange(totals.collectivesMin, totals.collectivesMax),
    ],
    [
      text('cá nhân được khen', 'individuals honoured'),
      totals && formatRange(totals.individualsMin, totals.individualsMax),
    ],
  ];
  return (
    <dl class="glance" aria-busy={isLoading}>
      {tiles.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class={value === undefined && isLoading ? 'waiting' : ''}>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

const count = (value: number | undefined) =>
  value === undefined ? undefined : formatNumber(value);

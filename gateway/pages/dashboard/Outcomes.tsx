import type { DashboardCampaignsQuery } from './__generated__/operations.ts';
import { text } from '../shared/language.ts';
import { byName, nameOf } from './labels.ts';
import { BarsAsTable, RangeBars, type Bar } from './RangeBars.tsx';
import type { Shown } from './filters.ts';

type Aggregate = DashboardCampaignsQuery['outcomeAggregates'][number];

const MOST_GROUPS = 8;
const MOST_BARS = 25;

/** Figures by place and year. Within a place they are of many sizes, so their lengths are orders of magnitude. */
export function Outcomes({
  aggregates,
  arePlacesKnown,
  hrefOf,
}: {
  aggregates: readonly Aggregate[];
  /** Whether the service that knows the places answered. */
  arePlacesKnown: boolean;
  hrefOf(shown: Shown): string;
}) {
  const groups = Map.groupBy(aggregates, ({ unit, year }) =>
    [
      unit
        ? nameOf(unit.name)
        : arePlacesKnown
          ? text('Cả nước, vùng', 'Country and regions')
          : text('Chưa tải được tên địa phương', 'Places could not be loaded'),
      year ?? text('không rõ năm', 'no year'),
    ].join(' · '),
  );
  const sorted = [...groups].sort(
    ([a, of], [b, others]) => others.length - of.length || byName(a, b),
  );
  return (
    <>
      {sorted.slice(0, MOST_GROUPS).map(([title, group]) => {
        const bars = group
          .filter((aggregate) => aggregate.sumMax !== null)
          .map((aggregate) => toBar(aggregate, hrefOf))
          .sort((a, b) => b.max - a.max);
        const apart = group.filter(({ sumMax }) => sumMax === null);
        return (
          <section class="group" key={title}>
            <h3>{title}</h3>
            {bars.length > 0 && (
              <RangeBars title={title} bars={bars.slice(0, MOST_BARS)} isLogarithmic />
            )}
            {apart.length > 0 && (
              <p class="hint">
                {text('Không cộng được: ', 'Not to be added up: ')}
                {apart.map((aggregate, index) => (
                  <>
                    {index > 0 && '; '}
                    <a href={hrefOf(toShown(aggregate))}>{labelOf(aggregate)}</a>
                  </>
                ))}
              </p>
            )}
            {bars.length > 0 && <BarsAsTable bars={bars} />}
          </section>
        );
      })}
      {sorted.length > MOST_GROUPS && (
        <p class="hint">
          {text(
            `và ${sorted.length - MOST_GROUPS} địa phương, năm khác: hãy lọc, hoặc tải bảng.`,
            `and ${sorted.length - MOST_GROUPS} more places and years: filter, or take the table.`,
          )}
        </p>
      )}
    </>
  );
}

const labelOf = ({ metric }: Aggregate) =>
  metric ? nameOf(metric.name) : text('chỉ tiêu không rõ', 'unknown metric');

const toShown = ({ metric, unit, year }: Aggregate): Shown => ({
  kind: 'outcome',
  metric: metric?.code ?? '',
  unit: unit?.id,
  year: year ?? undefined,
});

function toBar(aggregate: Aggregate, hrefOf: (shown: Shown) => string): Bar {
  const { metric, sumMin, sumMax, isApproximate } = aggregate;
  return {
    label: labelOf(aggregate),
    min: sumMin ?? 0,
    max: sumMax ?? 0,
    unit: metric ? nameOf(metric.unit) : '',
    hint: isApproximate ? '≈' : '',
    href: hrefOf(toShown(aggregate)),
  };
}

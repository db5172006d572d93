import type { TotalsFragment } from './__generated__/operations.ts';
import { text } from '../shared/language.ts';
import { BarsAsTable, RangeBars, type Bar } from './RangeBars.tsx';

/** Recognitions of one form, or by one issuer. */
export interface Honoured {
  label: string;
  totals: TotalsFragment;
  href: string;
}

/** How many collectives and individuals were honoured, by what the rows are. */
export function Recognitions({ title, rows }: { title: string; rows: readonly Honoured[] }) {
  const series = [text('tập thể', 'collectives'), text('cá nhân', 'individuals')] as const;
  const [collectives, individuals] = series;
  const sizeOf = ({ totals }: Honoured) => totals.collectivesMax + totals.individualsMax;
  const counted = rows.filter((row) => sizeOf(row) > 0).sort((a, b) => sizeOf(b) - sizeOf(a));
  const uncounted = rows.filter((row) => sizeOf(row) === 0);
  const bars = counted.flatMap(({ label, totals, href }): Bar[] => [
    {
      label,
      series: collectives,
      min: totals.collectivesMin,
      max: totals.collectivesMax,
      href,
    },
    {
      label,
      series: individuals,
      min: totals.individualsMin,
      max: totals.individualsMax,
      href,
    },
  ]);
  return (
    <>
      <p class="legend" aria-hidden="true">
        <i class="first" /> {collectives} <i class="second" /> {individuals}
      </p>
      {bars.length > 0 && <RangeBars title={title} bars={bars} series={series} />}
      {uncounted.length > 0 && (
        <p class="hint">
          {text('Không nêu số lượng: ', 'Without numbers: ')}
          {uncounted.map(({ label, href }, index) => (
            <>
              {index > 0 && '; '}
              <a href={href}>{label}</a>
            </>
          ))}
        </p>
      )}
      {bars.length > 0 && <BarsAsTable bars={bars} />}
    </>
  );
}

import * as Plot from '@observablehq/plot';
import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../shared/language.ts';
import { formatNumber, formatRange } from './labels.ts';

/** One bar: a sum, or the range within which sources put it. */
export interface Bar {
  label: string;
  /** What bars beside each other under one label are told apart by. */
  series?: string;
  min: number;
  max: number;
  /** What is counted, such as `khẩu`. */
  unit?: string;
  /** Said after the number. */
  hint?: string;
  /** Where its sources are shown. */
  href: string;
}

interface Settings {
  /** What the chart shows, for who does not see it. */
  title: string;
  bars: readonly Bar[];
  /** The series in their order; their places in it choose their colours. */
  series?: readonly string[];
  /** Whether lengths grow with the order of magnitude: for figures of many sizes. */
  isLogarithmic?: boolean;
}

const COLORS = ['var(--first)', 'var(--second)'];
const MIN_LABEL = 96;
const LETTER = 6.6;

/**
 * Bars with a lighter end where sources contradict each other. Each is a link to its sources, for mouse and keyboard.
 */
export function RangeBars({ title, bars, series = [], isLogarithmic = false }: Settings) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  useEffect(() => {
    const { current } = box;
    if (!current || !width) return;
    current.replaceChildren(draw(bars, { title, series, isLogarithmic, width }));
  });
  return <div class="chart" ref={box} />;
}

function draw(
  bars: readonly Bar[],
  { title, series, isLogarithmic, width }: Required<Omit<Settings, 'bars'>> & { width: number },
): Element {
  const labels = [...new Set(bars.map(({ label }) => label))];
  const longest = Math.max(...labels.map(({ length }) => length), 0) * LETTER;
  // On a phone names stand over their bars, not beside them.
  const isNarrow = width < 520;
  const marginLeft = isNarrow ? 4 : Math.min(Math.max(longest, MIN_LABEL), width * 0.42);
  const values = bars.map(({ max }) => max);
  const rows = labels.length * Math.max(series.length, 1);
  const fits = Math.floor((width * 0.42) / LETTER);
  const facets = series.length ? { fy: 'label', y: 'series' } : { y: 'label' };
  const valueOf = ({ min, max, unit, hint }: Bar) =>
    [formatRange(min, max), unit, hint].filter(Boolean).join(' ');
  const said = (bar: Bar) =>
    `${[bar.label, bar.series].filter(Boolean).join(', ')}: ${valueOf(bar)}`;
  const marginRight = Math.max(...bars.map((bar) => valueOf(bar).length), 0) * LETTER + 14;
  const common = { ...facets, href: 'href', ariaLabel: said, rx: 2 };
  const fill = series.length ? 'series' : COLORS[0];
  const chart = Plot.plot({
    width,
    marginLeft,
    marginRight,
    marginTop: isNarrow ? 14 : 0,
    marginBottom: 0,
    height:
      rows * (isNarrow ? 40 : 26) + labels.length * (series.length ? 6 : 0) + (isNarrow ? 14 : 0),
    ariaLabel: title,
    style: { background: 'none', overflow: 'visible', fontFamily: 'inherit', fontSize: '13px' },
    x: {
      type: isLogarithmic ? 'symlog' : 'linear',
      domain: [0, Math.max(...values, 1)],
      axis: null,
    },
    y: {
      label: null,
      domain: series.length ? [...series] : labels,
      axis: series.length || isNarrow ? null : 'left',
      tickSize: 0,
      tickFormat: (label: string) =>
        label.length > fits ? `${label.slice(0, Math.max(fits - 1, 1))}…` : label,
      padding: isNarrow ? 0.55 : 0.25,
    },
    fy: {
      label: null,
      domain: series.length ? labels : undefined,
      axis: series.length && !isNarrow ? 'left' : null,
      tickFormat: (label: string) =>
        label.length > fits ? `${label.slice(0, Math.max(fits - 1, 1))}…` : label,
    },
    color: { domain: [...series], range: COLORS },
    marks: [
      Plot.barX(bars, { ...common, x1: 0, x2: 'min', fill }),
      Plot.barX(
        bars.filter(({ min, max }) => max > min),
        { ...common, ariaLabel: undefined, x1: 'min', x2: 'max', fill, fillOpacity: 0.35 },
      ),
      Plot.text(bars, {
        ...facets,
        x: 'max',
        text: valueOf,
        textAnchor: 'start',
        dx: 6,
        fill: 'currentColor',
        ariaHidden: 'true',
      }),
      ...(isNarrow
        ? [
            Plot.text(bars, {
              ...facets,
              x: 0,
              text: (bar: Bar) => (bar.series ? `${bar.label} · ${bar.series}` : bar.label),
              textAnchor: 'start',
              dy: -18,
              fill: 'currentColor',
              ariaHidden: 'true',
            }),
          ]
        : []),
    ],
  });
  // Plot names what it draws, which is nothing to who does not see it.
  for (const group of chart.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  for (const link of chart.querySelectorAll('a')) {
    const bar = link.querySelector('[aria-label]');
    const name = bar?.getAttribute('aria-label');
    bar?.removeAttribute('aria-label');
    if (name) link.setAttribute('aria-label', name);
    else {
      // The uncertain end of a bar: the bar itself is there for who does not point.
      link.setAttribute('aria-hidden', 'true');
      link.setAttribute('tabindex', '-1');
    }
  }
  return chart;
}

/** The width that an element has, as it changes; 0 before it is known. */
function useWidth(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const watching = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry?.contentRect.width ?? 0)),
    );
    watching.observe(box.current);
    return () => watching.disconnect();
  }, [box]);
  return width;
}

/** The same bars as a table, for who would rather read, and for paper. */
export function BarsAsTable({ bars }: { bars: readonly Bar[] }) {
  return (
    <details class="as-table">
      <summary>{text('Xem dạng bảng', 'As a table')}</summary>
      <table>
        <tbody>
          {bars.map((bar) => (
            <tr key={`${bar.label} ${bar.series}`}>
              <th scope="row">
                {bar.label}
                {bar.series && ` · ${bar.series}`}
              </th>
              <td>
                <a href={bar.href}>
                  {formatNumber(bar.min)}
                  {bar.max > bar.min && `–${formatNumber(bar.max)}`}
                </a>{' '}
                {bar.unit} {bar.hint}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

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
const FONT_SIZE = 13;
/** Between a label and its bar. */
const GAP = 12;
/** So much of the width do labels get at most. */
const LABEL_SHARE = 0.42;

/**
 * Bars with a lighter end where sources contradict each other. Each is a link to its sources, for mouse and keyboard.
 */
export function RangeBars({ title, bars, series = [], isLogarithmic = false }: Settings) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  useEffect(() => {
    const { current } = box;
    if (!current || !width) return;
    const measure = createMeasure(current);
    current.replaceChildren(draw(bars, { title, series, isLogarithmic, width, measure }));
  });
  return <div class="chart" ref={box} />;
}

function draw(
  bars: readonly Bar[],
  {
    title,
    series,
    isLogarithmic,
    width,
    measure,
  }: Required<Omit<Settings, 'bars'>> & { width: number; measure: Measure },
): Element {
  const labels = [...new Set(bars.map(({ label }) => label))];
  const longest = Math.ceil(Math.max(...labels.map(measure), 0)) + GAP;
  // On a phone names stand over their bars, not beside them.
  const isNarrow = width < 520;
  const marginLeft = isNarrow ? 4 : Math.min(Math.max(longest, MIN_LABEL), width * LABEL_SHARE);
  const values = bars.map(({ max }) => max);
  const rows = labels.length * Math.max(series.length, 1);
  const fit = (label: string) => shortened(label, marginLeft - GAP, measure);
  const facets = series.length ? { fy: 'label', y: 'series' } : { y: 'label' };
  const valueOf = ({ min, max, unit, hint }: Bar) =>
    [formatRange(min, max), unit, hint].filter(Boolean).join(' ');
  const said = (bar: Bar) =>
    `${[bar.label, bar.series].filter(Boolean).join(', ')}: ${valueOf(bar)}`;
  const marginRight = Math.ceil(Math.max(...bars.map((bar) => measure(valueOf(bar))), 0)) + GAP;
  // The title is for who points at a bar: its label may be shortened.
  const common = { ...facets, href: 'href', ariaLabel: said, title: said, rx: 2 };
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
    style: {
      background: 'none',
      overflow: 'visible',
      fontFamily: 'inherit',
      fontSize: `${FONT_SIZE}px`,
    },
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
      tickFormat: fit,
      padding: isNarrow ? 0.55 : 0.25,
    },
    fy: {
      label: null,
      domain: series.length ? labels : undefined,
      axis: series.length && !isNarrow ? 'left' : null,
      tickFormat: fit,
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

/** How wide a text is in a chart, in pixels. */
type Measure = (text: string) => number;

function createMeasure(element: Element): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return ({ length }) => length * FONT_SIZE * 0.6;
  context.font = `${FONT_SIZE}px ${getComputedStyle(element).fontFamily}`;
  return (text) => context.measureText(text).width;
}

/** A text, or as much of its beginning as is no wider than `most`. */
function shortened(text: string, most: number, measure: Measure): string {
  if (measure(text) <= most) return text;
  let end = text.length - 1;
  while (end > 1 && measure(`${text.slice(0, end).trimEnd()}…`) > most) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** The width that an element has, as it changes; 0 before it is known. It is told anew when the fonts are there. */
function useWidth(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  const [, setFontsReady] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    const watching = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry?.contentRect.width ?? 0)),
    );
    watching.observe(box.current);
    void document.fonts.ready.then(() => setFontsReady(true));
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

import { expect, it } from 'vitest';
import { drawChart } from '../../../scripts/bench/report/drawChart.ts';
import { judge } from '../../../scripts/bench/report/judge.ts';
import { writeTable } from '../../../scripts/bench/report/writeTable.ts';
import type { Result, Row } from '../../../scripts/bench/Row.ts';

const row = (variant: Row['variant'], cpuMsPerRequest: number, more: Partial<Row> = {}): Row => ({
  variant,
  operation: 'nested',
  database: 'stub',
  coalescing: false,
  cpuMsPerRequest,
  requestsPerSecond: 1_000 / cpuMsPerRequest,
  p50Ms: 1,
  p99Ms: 2,
  rssMb: 200,
  commands: 8,
  ...more,
});

const result: Result = {
  machine: {
    cpu: 'A <fast> one',
    cores: 2,
    memoryGb: 8,
    system: 'Linux 6',
    node: '20.20.2',
    database: 'mongod',
    measuredOn: '2026-11-25',
  },
  versions: {},
  size: 'S',
  rows: [
    row('embedded', 2),
    row('embedded', 0.2, { coalescing: true }),
    row('stock', 40),
    row('limit', 1.6),
    row('embedded', 10, { database: 'mongodb', rssMb: 310 }),
  ],
  scaling: [
    { items: 1, cpuMsPerRequest: 1, cpuMsPerItem: 1 },
    { items: 10, cpuMsPerRequest: 12, cpuMsPerItem: 1.2 },
    { items: 100, cpuMsPerRequest: 100, cpuMsPerItem: 1 },
  ],
  idleRssMb: 120,
};

it('promises are judged as far as they were measured', () => {
  const verdicts = judge(result).map(({ promise, measured, isKept }) => [
    promise,
    measured,
    isKept,
  ]);
  expect(verdicts).toEqual([
    ['nested, stub: stock costs at least 25 × embedded', '20.0 ×', false],
    ['nested, stub: embedded costs at most 1.5 × limit', '1.25 ×', true],
    ['10 items cost at most 10 × 1', '12.0 ×', false],
    ['100 items cost at most 10 × 10', '8.33 ×', true],
    ['embedded holds at most 150 MB when idle', '120 MB', true],
    ['embedded holds at most 300 MB under load', '310 MB', false],
  ]);
});

it('the table compares each row with the embedded variant that answers alone', () => {
  const lines = writeTable(result).split('\n');
  const at = lines.indexOf('nested, stub');
  expect(lines.slice(at + 1, at + 6).map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['variant', 'CPU ms', '× embedded', 'requests/s', 'p50 ms', 'p99 ms', 'MB', 'commands'],
    ['embedded', '2.00', '1.00', '500', '1.00', '2.00', '200', '8.0'],
    ['embedded (coalescing)', '0.20', '0.10', '5,000', '1.00', '2.00', '200', '8.0'],
    ['stock', '40.0', '20.0', '25.0', '1.00', '2.00', '200', '8.0'],
    ['limit', '1.60', '0.80', '625', '1.00', '2.00', '200', '8.0'],
  ]);
});

it('the chart shows both databases, without coalescing, the cheapest first', () => {
  const chart = drawChart(result);
  const labels = [...chart.matchAll(/text-anchor="end">([^<]+)</g)].map(([, label]) => label);
  expect(labels).toEqual(['limit', 'embedded', 'stock', 'embedded']);
  expect(chart).toContain('A &lt;fast&gt; one');
});

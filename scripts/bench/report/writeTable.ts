import type { TableRow } from '../measureTables.ts';
import type { Result, Row } from '../Row.ts';

const columns = [
  'variant',
  'CPU ms',
  '× embedded',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'MB',
  'commands',
];

/** A figure with three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(value >= 1 ? 3 : 2);
}

/** How often the cost of a row is that of the embedded variant, which answers alone. */
export function ratioToEmbedded(rows: readonly Row[], row: Row): number {
  const embedded = rows.find(
    ({ variant, operation, database, coalescing }) =>
      variant === 'embedded' &&
      !coalescing &&
      operation === row.operation &&
      database === row.database,
  );
  return embedded ? row.cpuMsPerRequest / embedded.cpuMsPerRequest : NaN;
}

function layOut(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, at) =>
    Math.max(...lines.map((line) => line[at]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

/** What tables take, a row for each format. */
export function writeTables(measured: readonly TableRow[]): string {
  const titles = ['format', 'rows', 's', 'CPU s', 'MB', 'MB held before', 'most MB held'];
  const rows = measured.map((each) => [
    each.format,
    each.rows.toLocaleString('en-US'),
    figure(each.seconds),
    figure(each.cpuSeconds),
    figure(each.megabytes),
    String(Math.round(each.idleRssMb)),
    String(Math.round(each.peakRssMb)),
  ]);
  return layOut([titles, ...rows]).join('\n');
}

/** All rows as a table for each database and operation. */
export function writeTable({ rows, scaling, idleRssMb, machine, size }: Result): string {
  const { cpu, cores, memoryGb, node, system, database } = machine;
  const lines = [
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}; data of size ${size}; ${database}`,
    'CPU per request over all processes of a variant; medians of all rounds.',
  ];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const title = `${row.operation}, ${row.database}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  for (const [title, group] of groups) {
    const table = group.map((row) => [
      row.variant + (row.coalescing ? ' (coalescing)' : ''),
      figure(row.cpuMsPerRequest),
      figure(ratioToEmbedded(rows, row)),
      figure(row.requestsPerSecond),
      figure(row.p50Ms),
      figure(row.p99Ms),
      String(Math.round(row.rssMb)),
      row.commands.toFixed(1),
    ]);
    lines.push('', title, ...layOut([columns, ...table]));
  }
  if (scaling.length) {
    const table = scaling.map(({ items, cpuMsPerRequest, cpuMsPerItem }) => [
      String(items),
      figure(cpuMsPerRequest),
      figure(cpuMsPerItem),
    ]);
    lines.push('', 'Lists of several lengths, embedded');
    lines.push(...layOut([['items', 'CPU ms', 'CPU ms per item'], ...table]));
  }
  if (idleRssMb !== null)
    lines.push('', `Memory of embedded when idle: ${Math.round(idleRssMb)} MB`);
  return lines.join('\n');
}

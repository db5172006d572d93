import { databaseNames, type DatabaseName } from '../names.ts';
import type { Result, Row } from '../Row.ts';
import { figure } from './writeTable.ts';

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 70;
const LINE = 26;
const BAR = 16;
const GROUP_HEAD = 44;
const TOP = 64;

const titles: Record<DatabaseName, string> = {
  stub: 'Database stubbed: what the server itself costs',
  mongodb: 'With the database: driver and decoding included',
};

const style = `
  text { font-family: system-ui, sans-serif; font-size: 13px; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .head { font-weight: 600 }
  .quiet { fill: #59636e; font-size: 12px }
  .own { font-weight: 600 }
  rect { fill: #8c959f }
  rect.own { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    rect { fill: #6e7681 }
    rect.own { fill: #3fb950 }
  }`;

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function drawBars(rows: readonly Row[], top: number): string[] {
  const longest = Math.max(...rows.map(({ cpuMsPerRequest }) => cpuMsPerRequest));
  return rows.flatMap(({ variant, cpuMsPerRequest }, index) => {
    const isOwn = ['embedded', 'unguarded', 'distributed'].includes(variant);
    const own = isOwn ? ' class="own"' : '';
    const width = Math.max(2, ((WIDTH - LEFT - RIGHT) * cpuMsPerRequest) / longest);
    const y = top + index * LINE;
    return [
      `<text${own} x="${LEFT - 10}" y="${y + 13}" text-anchor="end">${variant}</text>`,
      `<rect${own} x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<text${own} x="${(LEFT + width + 8).toFixed(1)}" y="${y + 13}">${figure(cpuMsPerRequest)}</text>`,
    ];
  });
}

/** Bars of what a request for the nested dashboard costs, for light pages and dark ones. */
export function drawChart({ rows, machine, size }: Result): string {
  const nested = rows.filter(({ operation, coalescing }) => operation === 'nested' && !coalescing);
  const parts: string[] = [];
  let top = TOP;
  for (const database of databaseNames) {
    const group = nested
      .filter((row) => row.database === database)
      .sort((a, b) => a.cpuMsPerRequest - b.cpuMsPerRequest);
    if (!group.length) continue;
    parts.push(`<text class="head" x="16" y="${top + 22}">${titles[database]}</text>`);
    top += GROUP_HEAD;
    parts.push(...drawBars(group, top));
    top += group.length * LINE;
  }
  const { cpu, cores, node, database, measuredOn } = machine;
  const foot = `${cpu}, ${cores} cores, Node ${node}, ${database}, data of size ${size}, ${measuredOn}`;
  const height = top + 36;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">CPU time of one request for the nested dashboard, by variant</title>
<style>${style}
</style>
<text class="title" x="16" y="30">CPU time of one request, in milliseconds</text>
<text class="quiet" x="16" y="50">Nested dashboard over three subgraphs, all processes of a variant; less is better</text>
${parts.join('\n')}
<text class="quiet" x="16" y="${height - 14}">${escape(foot)}</text>
</svg>
`;
}

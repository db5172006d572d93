import type { Condition, Status } from './createStatus.ts';
import { contentSecurityPolicy, escape, small } from './html.ts';

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5;
  --good: light-dark(#146c2e, #6dd58c); --bad: light-dark(#b3261e, #f2b8b5); --soft: light-dark(#5f6368, #a8adb3);
  --line: light-dark(#dadce0, #3c4043) }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .3rem }
small { color: var(--soft); font-weight: normal }
table { width: 100%; border-collapse: collapse }
th, td { text-align: start; padding: .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: normal; padding-inline-end: 1rem; width: 50% }
.good { color: var(--good) } .bad { color: var(--bad); font-weight: 600 }
.whole { font-size: 1.2rem; margin: .8rem 0 0 }
footer { margin-top: 2rem; color: var(--soft) }
`;

/** What `/status` may do: see contentSecurityPolicy. */
export const STATUS_POLICY = contentSecurityPolicy(style);

/** The page looks again after so many seconds. */
const REFRESH_S = 10;

const conditions: Record<Condition, [vietnamese: string, english: string]> = {
  ready: ['Hoạt động bình thường', 'All works'],
  degraded: ['Hoạt động một phần', 'Parts of it do not work'],
  unready: ['Không hoạt động', 'Nothing works'],
  overloaded: ['Quá tải', 'Overloaded'],
  stopping: ['Đang dừng', 'Stopping'],
};

/** Of a subgraph, a database or a breaker. */
const states: Record<string, [vietnamese: string, english: string]> = {
  up: ['hoạt động', 'up'],
  down: ['không trả lời', 'down'],
  open: ['ngắt, đang chờ', 'open'],
  'half-open': ['đang thử lại', 'half-open'],
};

/** Writes how a gateway is as a page in Vietnamese and English that needs nothing else. */
export function statusPage(status: Status): string {
  const { supergraph, subgraphs, database = {}, breakers = {}, load } = status;
  const [vietnamese, english] = conditions[status.status];
  const ofSubgraph = (name: string, state: string) =>
    row(
      `<code>${escape(name)}</code>`,
      [
        stateText(state),
        ...(database[name]
          ? [`cơ sở dữ liệu ${small('database')}: ${stateText(database[name])}`]
          : []),
        ...(breakers[name] ? [`cầu dao ${small('breaker')}: ${stateText(breakers[name])}`] : []),
      ].join('<br>'),
    );
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_S}">
<title>${vietnamese} · Toàn dân bảo vệ an ninh Tổ quốc</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Trạng thái dịch vụ ${small('Status')}</h1>
<p class="whole ${status.status === 'ready' ? 'good' : 'bad'}" id="condition">${vietnamese} ${small(english)}</p>
${section('Dịch vụ thành phần', 'Subgraphs')}
${Object.entries(subgraphs)
  .map(([name, state]) => ofSubgraph(name, state))
  .join('\n')}
</table>
${section('Siêu đồ thị', 'Supergraph')}
${row(label('Phiên bản', 'version'), `<code>${escape(supergraph.version)}</code>`)}
${row(label('Phục vụ từ', 'served since'), time(supergraph.servedSince))}
${
  supergraph.refused
    ? row(
        label('Bản mới bị từ chối', 'the new one is refused'),
        `<span class="bad">${time(supergraph.refused.at)}<br>${escape(supergraph.refused.reason)}</span>`,
      )
    : row(label('Bản mới bị từ chối', 'the new one is refused'), `không ${small('no')}`)
}
</table>
${section('Tải', 'Load')}
${row(label('Yêu cầu đang xử lý', 'requests running'), String(load.running))}
${row(label('Yêu cầu đang chờ', 'requests waiting'), String(load.queued))}
${row(label('Yêu cầu đã từ chối vì quá tải', 'turned away since the start'), String(load.shed))}
${row(label('Độ trễ vòng lặp sự kiện', 'event loop lag'), `${load.eventLoopLagMs} ms`)}
${row(label('Bộ nhớ', 'memory'), `${load.memoryMb} MB`)}
</table>
${section('Tiến trình', 'Process')}
${row(label('Phiên bản phần mềm', 'software version'), escape(status.version))}
${row(label('Đã chạy', 'uptime'), duration(status.uptimeS))}
${status.worker === undefined ? '' : row(label('Tiến trình số', 'worker'), String(status.worker))}
</table>
</main>
<footer>${time(new Date().toISOString())} · tự làm mới mỗi ${REFRESH_S} giây ${small(`looks again every ${REFRESH_S} s`)} · <a href="?format=json">JSON</a></footer>
</body>
</html>
`;
}

const label = (vietnamese: string, english: string) => `${vietnamese} ${small(english)}`;
const section = (vietnamese: string, english: string) =>
  `<h2>${label(vietnamese, english)}</h2>\n<table>`;
const row = (name: string, value: string) =>
  `<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
const time = (iso: string) =>
  `<time datetime="${escape(iso)}">${escape(iso.slice(0, 19).replace('T', ' '))} UTC</time>`;

function stateText(state: string) {
  const [vietnamese, english] = states[state] ?? [state, state];
  return `<span class="${state === 'up' ? 'good' : 'bad'}">${escape(vietnamese)}</span> ${small(escape(english))}`;
}

function duration(seconds: number) {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return `${days} ngày ${hours} giờ ${minutes} phút ${small(`${days} d ${hours} h ${minutes} min`)}`;
}

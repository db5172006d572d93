import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Condition, Status } from './createStatus.ts';
import { definePage } from './definePage.ts';
import { escape, small } from './html.ts';

const send = definePage(
  '/status',
  `
:root { --good: light-dark(#146c2e, #6dd58c); --bad: light-dark(#b3261e, #f2b8b5) }
h2 { margin-bottom: .4rem }
th { width: 50% }
.good { color: var(--good) }
.bad { color: var(--bad); font-weight: 600 }
.whole { font-size: 1.3rem; font-weight: 600; margin: 0 }
`,
);

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

/** Sends how a gateway is as a page. */
export function sendStatusPage(
  app: FastifyInstance,
  reply: FastifyReply,
  status: Status,
): FastifyReply {
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
  return send(app, reply, {
    title: vietnamese,
    heading: `Trạng thái dịch vụ ${small('Status')}`,
    refreshS: REFRESH_S,
    main: [
      `<p class="whole ${status.status === 'ready' ? 'good' : 'bad'}" id="condition">${vietnamese} ${small(english)}</p>`,
      section(
        'Dịch vụ thành phần',
        'Subgraphs',
        Object.entries(subgraphs).map(([name, state]) => ofSubgraph(name, state)),
      ),
      section('Siêu đồ thị', 'Supergraph', [
        row(label('Phiên bản', 'version'), `<code>${escape(supergraph.version)}</code>`),
        row(label('Phục vụ từ', 'served since'), time(supergraph.servedSince)),
        row(
          label('Bản mới bị từ chối', 'the new one is refused'),
          supergraph.refused
            ? `<span class="bad">${time(supergraph.refused.at)}<br>${escape(supergraph.refused.reason)}</span>`
            : `không ${small('no')}`,
        ),
      ]),
      section('Tải', 'Load', [
        row(label('Yêu cầu đang xử lý', 'requests running'), String(load.running)),
        row(label('Yêu cầu đang chờ', 'requests waiting'), String(load.queued)),
        row(
          label('Yêu cầu đã từ chối vì quá tải', 'turned away since the start'),
          String(load.shed),
        ),
        row(label('Độ trễ vòng lặp sự kiện', 'event loop lag'), `${load.eventLoopLagMs} ms`),
        row(label('Bộ nhớ', 'memory'), `${load.memoryMb} MB`),
      ]),
      section('Tiến trình', 'Process', [
        row(label('Phiên bản phần mềm', 'software version'), escape(status.version)),
        row(label('Đã chạy', 'uptime'), duration(status.uptimeS)),
        ...(status.worker === undefined
          ? []
          : [row(label('Tiến trình số', 'worker'), String(status.worker))]),
      ]),
    ].join('\n'),
    footer: `${time(new Date().toISOString())} · tự làm mới mỗi ${REFRESH_S} giây ${small(`looks again every ${REFRESH_S} s`)} · <a href="?format=json">JSON</a>`,
  });
}

const label = (vietnamese: string, english: string) => `${vietnamese} ${small(english)}`;
const section = (vietnamese: string, english: string, rows: readonly string[]) =>
  `<section><h2>${label(vietnamese, english)}</h2>\n<table>\n${rows.join('\n')}\n</table></section>`;
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

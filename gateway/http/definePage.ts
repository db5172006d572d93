import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { escape, small } from './html.ts';

/** What pages without a script have in common. The colours are those of the dashboard. */
const COMMON = `
:root { color-scheme: light dark; font: 15px/1.5 'Be Vietnam Pro', system-ui, sans-serif;
  --ink: light-dark(#1c2530, #e8ecf0); --soft: light-dark(#52606d, #a9b4c0); --line: light-dark(#d9dee4, #38424d);
  --paper: light-dark(#f4f6f8, #14191f); --card: light-dark(#fff, #1d242c); --accent: light-dark(#8c1d18, #ffb4a9);
  --link: light-dark(#0b5cad, #8ec7ff) }
* { box-sizing: border-box }
body { background: var(--paper); color: var(--ink); max-width: 60rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; overflow-wrap: anywhere }
a { color: var(--link) }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
header { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .5rem 2rem; margin-bottom: 1.25rem }
header p { color: var(--accent); font-size: .87rem; font-weight: 600; letter-spacing: .04em; margin: 0; text-transform: uppercase }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem }
nav [aria-current] { color: inherit; font-weight: 600; text-decoration: none }
h1 { font-size: 1.7rem; font-weight: 600; line-height: 1.25; margin: 0 }
h2 { font-size: 1.13rem; font-weight: 600; margin: 0 }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-top: 1rem; padding: .9rem 1.1rem }
section p { margin: .3rem 0 }
small { color: var(--soft); font-size: .87em; font-weight: 400 }
code, pre { font-family: 'JetBrains Mono', ui-monospace, monospace; font-size: .87rem }
table { border-collapse: collapse; width: 100% }
th, td { border-top: 1px solid var(--line); padding: .35rem 1rem .35rem 0; text-align: start; vertical-align: top }
th { font-weight: 400 }
footer { color: var(--soft); font-size: .87rem; margin-top: 1.5rem }
`;

const LINKS: [path: string, vietnamese: string, english: string][] = [
  ['/', 'Khám phá', 'Explorer'],
  ['/dashboard', 'Bảng theo dõi', 'Dashboard'],
  ['/data', 'Bảng dữ liệu', 'Tables'],
  ['/status', 'Trạng thái', 'Status'],
];

/** A page as it is now; what is HTML is escaped already. */
export interface Content {
  /** Before the name of the movement, in the title of the window. */
  title: string;
  /** HTML. */
  heading: string;
  /** HTML. */
  main: string;
  /** HTML. */
  footer?: string;
  /** The page looks again after so many seconds. */
  refreshS?: number;
}

/** Sends a page in Vietnamese and English that needs nothing else. */
export type SendPage = (
  app: FastifyInstance,
  reply: FastifyReply,
  content: Content,
) => FastifyReply;

/**
 * Makes what sends a page without a script: nothing is loaded from anywhere.
 * @param path Where it is: in the list of pages that is the one on which one is.
 * @param ownStyle CSS that it needs beside what such pages have in common.
 */
export function definePage(path: string, ownStyle = ''): SendPage {
  const style = COMMON + ownStyle;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

  return (app, reply, { title, heading, main, footer, refreshS }) => {
    const links = LINKS.filter(([url]) => app.hasRoute({ method: 'GET', url })).map(
      ([url, vietnamese, english]) =>
        `<a href="${url}"${url === path ? ' aria-current="page"' : ''}>${vietnamese} ${small(english)}</a>`,
    );
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer').send(`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshS === undefined ? '' : `<meta http-equiv="refresh" content="${refreshS}">\n`}<title>${escape(title)} · Toàn dân bảo vệ an ninh Tổ quốc</title>
<style>${style}</style>
</head>
<body>
<header>
<div><p>Toàn dân bảo vệ an ninh Tổ quốc</p><h1>${heading}</h1></div>
<nav>${links.join('\n')}</nav>
</header>
<main>
${main}
</main>
${footer === undefined ? '' : `<footer>${footer}</footer>\n`}</body>
</html>
`);
  };
}

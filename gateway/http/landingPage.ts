import { contentSecurityPolicy, escape } from './html.ts';

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 }
pre { padding: .8rem; overflow-x: auto; border: 1px solid GrayText; border-radius: .4rem }
code, pre { font-family: ui-monospace, monospace; font-size: .9rem }
footer { margin-top: 2rem; color: GrayText }
`;

/** What the landing page may do: see contentSecurityPolicy. */
export const LANDING_PAGE_POLICY = contentSecurityPolicy(style);

/**
 * The page that a person finds who opens the gateway in a browser where no explorer is served.
 * @param endpoint The address of the GraphQL endpoint.
 * @param query An example that works.
 * @param showsSchema Whether `/schema.graphql` is there.
 */
export function landingPage(endpoint: string, query: string, showsSchema: boolean): string {
  const curl = `curl ${endpoint} \\\n  -H 'content-type: application/json' \\\n  -d '${JSON.stringify({ query })}'`;
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Toàn dân bảo vệ an ninh Tổ quốc · GraphQL</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Phong trào Toàn dân bảo vệ an ninh Tổ quốc</h1>
<p>Cổng dữ liệu của phong trào: đơn vị, chương trình, hoạt động, kết quả và khen thưởng, kèm nguồn của từng thông tin.</p>
<p lang="en">One GraphQL endpoint for the data of the movement, each fact with its source.</p>
<p>GraphQL: <code>${escape(endpoint)}</code></p>
<p>Ví dụ · <span lang="en">Example</span></p>
<pre id="query">${escape(query)}</pre>
<pre>${escape(curl)}</pre>
</main>
<footer>
<a href="/healthz">/healthz</a> · <a href="/readyz">/readyz</a> · <a href="/status">/status</a>${showsSchema ? ' · <a href="/schema.graphql">/schema.graphql</a>' : ''}
</footer>
</body>
</html>
`;
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import { definePage } from './definePage.ts';
import { escape } from './html.ts';

const send = definePage(
  '/',
  'pre { border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; padding: .8rem }',
);

export interface LandingPageSettings {
  /** The address of the GraphQL endpoint. */
  endpoint: string;
  /** An example that works. */
  query: string;
  /** Whether `/schema.graphql` is there. */
  showsSchema: boolean;
}

/** Sends the page that a person finds who opens the gateway in a browser where no explorer is served. */
export function sendLandingPage(
  app: FastifyInstance,
  reply: FastifyReply,
  { endpoint, query, showsSchema }: LandingPageSettings,
): FastifyReply {
  const curl = `curl ${endpoint} \\\n  -H 'content-type: application/json' \\\n  -d '${JSON.stringify({ query })}'`;
  return send(app, reply, {
    title: 'GraphQL',
    heading: 'Cổng dữ liệu của phong trào',
    main: `<section>
<p>Đơn vị, chương trình, hoạt động, kết quả và khen thưởng, kèm nguồn của từng thông tin.</p>
<p lang="en">One GraphQL endpoint for the data of the movement, each fact with its source.</p>
<p>GraphQL: <code>${escape(endpoint)}</code></p>
<p>Ví dụ · <span lang="en">Example</span></p>
<pre id="query">${escape(query)}</pre>
<pre>${escape(curl)}</pre>
</section>`,
    footer: `<a href="/healthz">/healthz</a> · <a href="/readyz">/readyz</a>${showsSchema ? ' · <a href="/schema.graphql">/schema.graphql</a>' : ''}`,
  });
}

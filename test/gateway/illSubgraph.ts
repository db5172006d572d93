import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { serve, serveRaw, startTestGateway, type TestSubgraph } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

/** A gateway over books, and reviews that can fall ill and get well. */
export async function startWithIllReviews(env: Record<string, string> = {}) {
  const books: TestSubgraph = createBooks();
  const wellUrl = await serve(createReviews());
  let illness: RequestListener | undefined;
  let count = 0;
  const url = await serveRaw((request, response) => {
    count += 1;
    if (illness) return void illness(request, response);
    void buffer(request).then(async (body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(wellUrl, { method: 'POST', headers, body });
      response.writeHead(answer.status, headers).end(await answer.text());
    });
  });
  const gateway = await startTestGateway({
    subgraphs: [
      { ...books, url: await serve(books) },
      { ...createReviews(), url },
    ],
    env: { COALESCE: 'false', ...env },
  });
  return {
    ...gateway,
    fallIll: (how: RequestListener) => void (illness = how),
    getWell: () => void (illness = undefined),
    /** How many requests have reached it since the last look. */
    takeCount() {
      const counted = count;
      count = 0;
      return counted;
    },
  };
}

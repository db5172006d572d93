import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runRecorded } from '../helpers/runRecorded.ts';
import { composeFile, post, serve } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

test.for<Record<string, string>>([
  {},
  {
    APOLLO_KEY: 'service:library:key',
    APOLLO_GRAPH_REF: 'library@current',
    APOLLO_SCHEMA_REPORTING: 'true',
    APOLLO_TELEMETRY_DISABLED: 'false',
  },
])(
  'the gateway, until it is told to stop, contacts nothing but its subgraphs: with %o',
  async (apollo) => {
    const [books, reviews] = [createBooks(), createReviews()];
    const supergraph = await composeFile([
      { ...books, url: await serve(books) },
      { ...reviews, url: await serve(reviews) },
    ]);
    const main = new URL('../../scripts/gateway.ts', import.meta.url);
    const flags = ['--supergraph', supergraph, '--port', '0'];
    const { child, lines, ended, ready } = runRecorded(main, flags, apollo);
    try {
      const url = await ready();
      const { data } = await post(url, {
        query: '{ books { title rating } __schema { __typename } }',
      });
      expect(data).toMatchObject({ books: [{ rating: 1 }, { rating: 2 }, { rating: 3 }] });
      await post(url, { query: '{ coded uncoded nothing' });
      for (const path of ['/', '/readyz', '/schema.graphql', '/graphql']) {
        await fetch(new URL(path, url), { headers: { accept: 'text/html' } });
      }
      child.kill('SIGTERM');
      await ended;
      expect(child.exitCode).toBe(0);
      expect(lines).toEqual([`ready ${url}`]);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('the recorder sees what the gateway of Apollo would contact of itself', async () => {
  const { child, lines, output, ended } = runRecorded(new URL('talkative.ts', import.meta.url), []);
  try {
    await once(output, 'line');
    child.stdin.end();
    await ended;
    expect(lines.join('\n')).toMatch(/^reached out: /);
  } finally {
    child.kill('SIGKILL');
  }
});

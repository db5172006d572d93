import { expect, it, vi } from 'vitest';
import { startTestGateway } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

it('each request is one line, without anything secret that the client sent', async () => {
  const written: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    const subgraphs = [createBooks(), createReviews()];
    const env = { ACCESS_LOG: 'true', LOG_LEVEL: 'trace' };
    const { url, root } = await startTestGateway({ subgraphs, inProcess: subgraphs, env });
    const headers = {
      'content-type': 'application/json',
      'x-request-id': 'quoted-1',
      cookie: 'SECRET=1',
      authorization: 'Bearer SECRET',
      'x-api-key': 'SECRET',
    };
    const body = JSON.stringify({ query: '{ __typename } #SECRET', variables: { a: 'SECRET' } });
    await fetch(url, { method: 'POST', headers, body });
    await fetch(`${url}?query={__typename}%0A%23SECRET`, {
      headers: { 'x-request-id': 'quoted-2' },
    });
    await fetch(`${root}/SECRET?SECRET`, { headers: { 'x-request-id': 'quoted-3' } });

    const lines = () =>
      written
        .flatMap((text) => text.trim().split('\n'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => msg === 'request');
    await vi.waitFor(() => expect(lines()).toHaveLength(3));
    expect(lines()).toMatchObject([
      { id: 'quoted-1', method: 'POST', route: '/graphql', status: 401 },
      { id: 'quoted-2', method: 'GET', route: '/graphql' },
      { id: 'quoted-3', method: 'GET', route: null, status: 404 },
    ]);
    expect(written.join('')).not.toContain('SECRET');
  } finally {
    write.mockRestore();
  }
});

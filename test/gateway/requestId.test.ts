import { expect, it } from 'vitest';
import { startTestGateway } from './kit.ts';
import { createBooks, createReviews } from './library.ts';

const MADE = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/;

it('each answer has a request id: the one that was sent when it is well-formed, else a new one', async () => {
  const subgraphs = [createBooks(), createReviews()];
  const { root, url } = await startTestGateway({ subgraphs, inProcess: subgraphs, env: {} });
  const idOf = async (target: string, sent?: string) => {
    const headers = { 'content-type': 'application/json', ...(sent && { 'x-request-id': sent }) };
    const init = target === url ? { method: 'POST', body: '{"query":"{__typename}"}' } : {};
    return (await fetch(target, { ...init, headers })).headers.get('x-request-id');
  };

  for (const target of [url, `${root}/healthz`, `${root}/nowhere`]) {
    for (const sent of ['a', 'req_1.B-2', 'x'.repeat(64)]) {
      expect(await idOf(target, sent)).toBe(sent);
    }
    for (const sent of ['', 'x'.repeat(65), 'a b', '<b>', '..', '"', 'a,b', '\u00e9']) {
      expect(await idOf(target, sent), sent).toMatch(MADE);
    }
    expect(await idOf(target)).not.toBe(await idOf(target));
  }
});

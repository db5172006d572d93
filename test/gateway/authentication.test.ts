import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { changeKeyFile } from '../../scripts/keys/changeKeyFile.ts';
import { revokeKey, rotateKey } from '../../scripts/keys/changes.ts';
import { addKey, breakKeyFile, DAY_MS, showing, temporaryKeyFile } from '../helpers/keys.ts';
import { nobody, WHO, whoami } from '../helpers/whoami.ts';
import { matching, post, startTestGateway } from './kit.ts';

const start = (file: string, env: Record<string, string> = {}) =>
  startTestGateway({
    subgraphs: [whoami],
    inProcess: [whoami],
    env: { KEYS_FILE: file, ...env },
  });

const refused = (message: RegExp) => ({
  status: 401,
  errors: [{ message: matching(message), extensions: { code: 'UNAUTHENTICATED' } }],
});

/** Asks until the answer has the status: servers notice changes of the key file by themselves. */
async function until(status: number, url: string, headers: Record<string, string>) {
  for (;;) {
    const answer = await post(url, { query: WHO }, headers);
    if (answer.status === status) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('API keys', () => {
  it('make a viewer, by either header, on the long way and the short one', async () => {
    const file = temporaryKeyFile();
    const rights = { agency: 'org-a', roles: ['editor'], scopes: ['campaigns:write'] };
    const { key, text } = await addKey(file, rights);
    const { url } = await start(file);
    const data = { whoami: { ...rights, subject: `key:${key.id}` } };
    const get = `${url}?query=${encodeURIComponent(WHO)}`;
    const json = { 'content-type': 'application/json' };
    for (const headers of [
      showing(text),
      { 'x-api-key': text },
      { authorization: `bearer ${text}` },
    ]) {
      expect(await post(url, { query: WHO }, headers)).toEqual({ status: 200, data });
      expect(await post(url, { query: WHO }, headers)).toEqual({ status: 200, data });
      const response = await fetch(get, { headers: { ...json, ...headers } });
      expect(await response.json()).toEqual({ data });
    }
    expect(await post(url, { query: WHO })).toEqual({ status: 200, data: nobody });
    expect(await post(url, { query: WHO }, { 'x-agency': 'org-a', 'x-roles': 'editor' })).toEqual({
      status: 200,
      data: nobody,
    });
  });

  it('are not in the file', async () => {
    const file = temporaryKeyFile();
    const { text } = await addKey(file);
    const kept = await readFile(file, 'utf8');
    expect(kept).not.toContain(text.slice(16));
    expect(text).toMatch(/^antq_[0-9a-f]{10}_[\w-]{43}$/);
  });

  it('that are not believed are refused, and never taken for the public', async () => {
    const file = temporaryKeyFile();
    const { text } = await addKey(file);
    const expired = await addKey(file, {}, 0);
    const { url } = await start(file);
    const near = text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');
    const unknown = /^This API key is unknown here/;
    const cases: [Record<string, string>, RegExp][] = [
      [showing(near), unknown],
      [showing(`antq_0123456789_${'x'.repeat(43)}`), unknown],
      [showing('antq_'), unknown],
      [{ 'x-api-key': near }, unknown],
      [{ 'x-api-key': '' }, unknown],
      [{ 'x-api-key': `${text}, ${text}` }, unknown],
      [showing(expired.text), /^The API key \w+ expired on .*: ask for a new one/],
      [{ authorization: '' }, /must be "Bearer"/],
      [{ authorization: text }, /must be "Bearer"/],
      [{ authorization: 'Basic YTpi' }, /must be "Bearer"/],
      [showing('abc'), /Tokens are not taken here/],
      [{ ...showing(text), 'x-api-key': text }, /not both/],
    ];
    for (const [headers, message] of cases) {
      expect(await post(url, { query: WHO }, headers), JSON.stringify(headers)).toEqual(
        refused(message),
      );
    }
    const answers = await Promise.all(
      [near, `antq_0123456789_${'x'.repeat(43)}`].map((wrong) => post(url, {}, showing(wrong))),
    );
    expect(answers[0]).toEqual(answers[1]);
    const response = await fetch(url, { method: 'POST', headers: showing(near), body: '{' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('can be made, rotated and revoked while the server runs', async () => {
    const file = temporaryKeyFile();
    const { url } = await start(file);
    const { key, text } = await addKey(file);
    await until(200, url, showing(text));

    const next = await changeKeyFile(file, (keys) => rotateKey(keys, key.id, DAY_MS));
    await until(200, url, showing(next.text));
    expect((await post(url, { query: WHO }, showing(text))).status).toBe(200);

    await changeKeyFile(file, (keys) => revokeKey(keys, key.id));
    expect(await until(401, url, showing(text))).toEqual(refused(/was revoked on/));
    expect((await post(url, { query: WHO }, showing(next.text))).status).toBe(200);
  });

  it('of a file that is broken later stay good', async () => {
    const file = temporaryKeyFile();
    const { text } = await addKey(file);
    const { url } = await start(file);
    const good = await readFile(file, 'utf8');
    await breakKeyFile(file, good.slice(0, 50));
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await post(url, { query: WHO }, showing(text))).status).toBe(200);
    await breakKeyFile(file, good);
    const { text: later } = await addKey(file);
    await until(200, url, showing(later));
  });

  it('of a file that is broken at first are a clear error', async () => {
    const file = temporaryKeyFile();
    await breakKeyFile(file, '{"version":1,"keys":[{"id":"x"}]}');
    await expect(start(file)).rejects.toThrow(/is not a file of API keys \(keys\.0\.id/);
  });
});

describe('PUBLIC_READING=false', () => {
  it('shows nothing but its health to who shows nothing', async () => {
    const file = temporaryKeyFile();
    const { text } = await addKey(file);
    const { url, root } = await start(file, { PUBLIC_READING: 'false', CORS_ORIGINS: '*' });
    expect(await post(url, { query: '{ __typename }' })).toEqual(
      refused(/^Nothing is public here/),
    );
    expect((await post(url, { query: WHO }, showing(text))).status).toBe(200);
    const statuses = async (headers: Record<string, string>) =>
      Promise.all(
        ['/', '/schema.graphql', '/graphql?query={__typename}', '/else', '/healthz', '/readyz'].map(
          async (path) =>
            (
              await fetch(root + path, {
                headers: { 'content-type': 'application/json', ...headers },
              })
            ).status,
        ),
      );
    expect(await statuses({})).toEqual([401, 401, 401, 401, 200, 200]);
    expect(await statuses(showing(text))).toEqual([200, 200, 200, 404, 200, 200]);
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://a.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});

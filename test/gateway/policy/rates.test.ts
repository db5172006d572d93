import { describe, expect, it } from 'vitest';
import { changeKeyFile } from '../../../scripts/keys/changeKeyFile.ts';
import { revokeKey } from '../../../scripts/keys/changes.ts';
import { startSubgraph } from '../../../subgraphs/shared/server.ts';
import { readGatewayConfig } from '../../../gateway/config.ts';
import { createVouch, VOUCHER_HEADER } from '../../../subgraphs/shared/authentication/vouch.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';
import { addKey, showing, temporaryKeyFile } from '../../helpers/keys.ts';
import { WHO, whoami } from '../../helpers/whoami.ts';
import { cleanUp, matching, post, startTestGateway } from '../kit.ts';

const start = (env: Record<string, string>) =>
  startTestGateway({ subgraphs: [whoami], inProcess: [whoami], env });

/** Statuses of requests that are sent one after the other. */
async function statuses(
  url: string,
  count: number,
  headers: (index: number) => Record<string, string> = () => ({}),
) {
  const seen = [];
  for (let index = 0; index < count; index += 1) {
    const { status } = await post(url, { query: WHO }, headers(index));
    seen.push(status);
  }
  return seen;
}

/** Three at once and then one a second: of a row of requests some wait, on any machine that is not very slow. */
const SLOW = { RATE_LIMIT_PER_S: '1', RATE_LIMIT_BURST_S: '3' };
const ROW = 40;

describe('requests', () => {
  it('are answered so many a second, on all routes but health', async () => {
    const { url, root } = await start(SLOW);
    const seen = await statuses(url, ROW);
    expect(seen.slice(0, 3)).toEqual([200, 200, 200]);
    expect(seen).toContain(429);
    await statuses(url, ROW);
    const refused = await fetch(`${root}/nothing/here`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: matching(/^You ask too often: 1 requests a second are answered here/),
          extensions: { code: 'RATE_LIMITED', requestId: expect.any(String) as string },
        },
      ],
    });
    for (const path of ['/healthz', '/readyz']) {
      expect((await fetch(root + path)).status).toBe(200);
    }
  });

  it('do not get another address by saying so', async () => {
    const { url } = await start(SLOW);
    const seen = await statuses(url, ROW, (index) => ({
      'x-forwarded-for': `192.0.2.${index}`,
      forwarded: `for=192.0.2.${index}`,
      'x-real-ip': `192.0.2.${index}`,
    }));
    expect(seen).toContain(429);
  });

  it('have the address that a trusted proxy tells, whatever was told to the proxy', async () => {
    const { url } = await start({ ...SLOW, TRUST_PROXY: 'loopback' });
    const others = await statuses(url, ROW, (index) => ({ 'x-forwarded-for': `192.0.2.${index}` }));
    expect(new Set(others)).toEqual(new Set([200]));
    const one = await statuses(url, ROW, (index) => ({
      'x-forwarded-for': `198.51.100.${index}, 203.0.113.1`,
    }));
    expect(one).toContain(429);
    const network = await statuses(url, ROW, (index) => ({
      'x-forwarded-for': `2001:db8:0:1::${index.toString(16)}`,
    }));
    expect(network).toContain(429);
    const nonsense = await statuses(url, ROW, (index) => ({
      'x-forwarded-for': `nobody-${index}`,
    }));
    expect(nonsense).toContain(429);
  });

  it('of a key are counted by key, and do not use up those of its address', async () => {
    const file = temporaryKeyFile();
    const [{ text: first }, { text: second }] = [await addKey(file), await addKey(file)];
    const { url } = await start({ ...SLOW, KEYS_FILE: file });
    // Known from now on.
    await statuses(url, 2, (index) => showing(index ? first : second));
    expect(await statuses(url, ROW, () => showing(first))).toContain(429);
    expect(await statuses(url, 1, () => showing(second))).toEqual([200]);
  });
});

describe('keys and tokens that are wrong', () => {
  const GUESSES = { WRONG_KEYS_PER_MINUTE: '5' };
  const wrong = (index: number) =>
    showing(`antq_${String(index).padStart(8, '0')}_${'x'.repeat(43)}`);

  it('wait before they are verified; known keys and the public go on', async () => {
    const file = temporaryKeyFile();
    const { text } = await addKey(file);
    const { url } = await start({ ...GUESSES, KEYS_FILE: file });
    expect(await statuses(url, 1, () => showing(text))).toEqual([200]);
    const seen = await statuses(url, ROW, wrong);
    expect(seen.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(seen).toContain(429);
    const response = await fetch(url, { method: 'POST', headers: wrong(99), body: '{}' });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: matching(/^Too many wrong keys or tokens came from your address/),
          extensions: { code: 'RATE_LIMITED', requestId: expect.any(String) as string },
        },
      ],
    });
    expect(await statuses(url, 2, () => showing(text))).toEqual([200, 200]);
    expect(await statuses(url, 2)).toEqual([200, 200]);
  });

  it('do not slip by side by side, nor as tokens or by the other header', async () => {
    const { url } = await start(GUESSES);
    const guesses = Array.from({ length: ROW }, (_, index) =>
      post(
        url,
        { query: WHO },
        index % 2 ? { 'x-api-key': `wrong-${index}` } : showing(`eyJ.${index}.x`),
      ),
    );
    const seen = (await Promise.all(guesses)).map(({ status }) => status);
    expect(seen.filter((status) => status === 401).length).toBeLessThan(10);
    expect(seen).toContain(429);
    expect(await statuses(url, 1)).toEqual([200]);
  });

  it('are keys that were revoked, too', async () => {
    const file = temporaryKeyFile();
    const { key, text } = await addKey(file);
    const { url } = await start({ ...GUESSES, KEYS_FILE: file });
    await statuses(url, 1, () => showing(text));
    await changeKeyFile(file, (keys) => ({ ...revokeKey(keys, key.id) }));
    for (;;) {
      const [status] = await statuses(url, 1, () => showing(text));
      if (status === 429) break;
      expect([200, 401]).toContain(status);
    }
  });
});

it('what the gateway vouches for is not counted at a subgraph', async () => {
  const secret = 'a secret of at least thirty-two bytes';
  const { authentication } = readGatewayConfig({ ...SLOW, VOUCH_SECRET: secret });
  const server = await startSubgraph(whoami, {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    introspection: true,
    bodyLimitKb: 256,
    authentication,
  });
  cleanUp(server.close);
  const vouched = { [VOUCHER_HEADER]: await createVouch(secret)(ANYONE, whoami.name) };
  expect(new Set(await statuses(server.url, ROW, () => vouched))).toEqual(new Set([200]));
  expect(await statuses(server.url, ROW)).toContain(429);
  expect(await statuses(server.url, 2, () => vouched)).toEqual([200, 200]);
});

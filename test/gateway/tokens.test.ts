import { createHmac, createPublicKey } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { WHO, whoami } from '../helpers/whoami.ts';
import { closedUrl, matching, post, serveRaw, startTestGateway } from './kit.ts';

const ISSUER = 'https://login.example';
const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };

interface TokenParts {
  claims?: JWTPayload;
  kid?: string;
  key?: typeof privateKey;
  expires?: string | number | undefined;
  issuer?: string;
  audience?: string;
}

/** A token as a good issuer makes it, but for what is said otherwise. */
function token(parts: TokenParts = {}) {
  const { claims = {}, kid = 'k1', key = privateKey, issuer = ISSUER, audience = 'antq' } = parts;
  const jwt = new SignJWT({
    agency: 'org-a',
    roles: ['editor'],
    scope: 'a:read b:write',
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt();
  if (!('sub' in claims)) jwt.setSubject('u-7');
  if (!('expires' in parts)) jwt.setExpirationTime('5m');
  else if (parts.expires !== undefined) jwt.setExpirationTime(parts.expires);
  return jwt.sign(key);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (offset: number) => Math.floor(Date.now() / 1_000) + offset;

/** Serves keys over HTTP and counts how often they are asked for. */
async function serveKeys(keys: () => object[]) {
  let asked = 0;
  const url = await serveRaw((_request, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: keys() }));
  });
  return { url, asked: () => asked };
}

async function start(jwks: string, env: Record<string, string> = {}) {
  const { url } = await startTestGateway({
    subgraphs: [whoami],
    inProcess: [whoami],
    env: { JWT_ISSUER: ISSUER, JWT_AUDIENCE: 'antq', JWT_JWKS: jwks, ...env },
  });
  return (text: string) => post(url, { query: WHO }, { authorization: `Bearer ${text}` });
}

const refused = (reason: RegExp) => ({
  status: 401,
  errors: [{ message: matching(reason), extensions: { code: 'UNAUTHENTICATED' } }],
});

const viewer = {
  agency: 'org-a',
  roles: ['editor'],
  scopes: ['a:read', 'b:write'],
  subject: 'token:u-7',
};

it('a good token makes a viewer, with keys from a URL', async () => {
  const keys = await serveKeys(() => [jwk]);
  const ask = await start(keys.url);
  expect(await ask(await token())).toEqual({ status: 200, data: { whoami: viewer } });
  expect(await ask(await token())).toEqual({ status: 200, data: { whoami: viewer } });
  expect(keys.asked()).toBe(1);
});

it('with keys from a file, which is followed', async () => {
  const file = join(tmpdir(), `jwks-${process.pid}-${Date.now()}.json`);
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, JSON.stringify({ keys: [jwk] }));
  const ask = await start(file);
  expect(await ask(await token())).toEqual({ status: 200, data: { whoami: viewer } });
  const other = { ...(await exportJWK(stranger.publicKey)), kid: 'k2', alg: 'RS256' };
  await writeFile(file, JSON.stringify({ keys: [other] }));
  const rotated = await token({ kid: 'k2', key: stranger.privateKey });
  while ((await ask(rotated)).status !== 200) await new Promise((go) => setTimeout(go, 50));
  expect(await ask(await token())).toEqual(refused(/signed with a key that is unknown/));
});

it('a file that holds no keys is a clear error', async () => {
  const file = join(tmpdir(), `jwks-${process.pid}-${Date.now()}-bad.json`);
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, '{"keys": 1}');
  await expect(start(file)).rejects.toThrow(/must be a file with a JSON Web Key Set/);
  await expect(start('/nowhere/jwks.json')).rejects.toThrow(
    /must be a file with a JSON Web Key Set/,
  );
});

it('claims may have other names, and be inside of others', async () => {
  const { url } = await serveKeys(() => [jwk]);
  const ask = await start(url, {
    JWT_AGENCY_CLAIM: 'https://antq.vn/agency',
    JWT_ROLES_CLAIM: 'realm_access.roles',
    JWT_SCOPE_CLAIM: 'scp',
  });
  const claims = {
    'https://antq.vn/agency': 'org-b',
    realm_access: { roles: ['administrator', 7] },
    scp: ['x:read'],
  };
  expect((await ask(await token({ claims }))).data).toEqual({
    whoami: { agency: 'org-b', roles: ['administrator'], scopes: ['x:read'], subject: 'token:u-7' },
  });
  expect((await ask(await token())).data).toEqual({
    whoami: { agency: null, roles: [], scopes: [], subject: 'token:u-7' },
  });
});

it('what is wrong with a token is said, and it is never taken for the public', async () => {
  const { url } = await serveKeys(() => [jwk, { kty: 'oct', kid: 'shared', k: 'c2VjcmV0' }]);
  const ask = await start(url);
  const good = await token();
  const [head = '', body = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  const forged = (header: object, secret?: string | Buffer) => {
    const text = `${encode(header)}.${body}`;
    const mac = secret ? createHmac('sha256', secret).update(text).digest('base64url') : '';
    return `${text}.${mac}`;
  };
  const pem = await exportSPKI(publicKey);
  const der = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  const own = await exportJWK(stranger.publicKey);

  const cases: [string, string | Promise<string>, RegExp][] = [
    ['no algorithm', forged({ alg: 'none' }), /./],
    ['no algorithm, in capitals', forged({ alg: 'NONE', kid: 'k1' }), /./],
    ['the public key as a secret', forged({ alg: 'HS256', kid: 'k1' }, pem), /algorithm/],
    ['the same, as bytes', forged({ alg: 'HS256', kid: 'k1' }, der), /algorithm/],
    ['the same, as JSON', forged({ alg: 'HS256', kid: 'k1' }, JSON.stringify(jwk)), /algorithm/],
    ['a shared secret', forged({ alg: 'HS256', kid: 'shared' }, 'secret'), /algorithm/],
    ['an unknown key', token({ kid: 'k9' }), /signed with a key that is unknown/],
    ['another’s key', token({ key: stranger.privateKey }), /signature is wrong/],
    ['a key that it brings along', forged({ alg: 'RS256', kid: 'k1', jwk: own }), /./],
    ['critical extensions', forged({ alg: 'RS256', kid: 'k1', crit: ['x'], x: 1 }), /./],
    [
      'other claims',
      `${head}.${encode({ ...claims, agency: 'org-z' })}.${signature}`,
      /signature is wrong/,
    ],
    ['no signature', `${head}.${body}.`, /./],
    ['expired', token({ expires: seconds(-60) }), /has expired/],
    ['no end', token({ expires: undefined }), /no claim "exp"/],
    ['not yet', token({ claims: { nbf: seconds(600) } }), /"nbf"/],
    ['another issuer', token({ issuer: 'https://evil.example' }), /"iss"/],
    ['another audience', token({ audience: 'other' }), /"aud"/],
    ['no subject', token({ claims: { sub: undefined } }), /no claim "sub"/],
    [
      'an agency that is no text',
      token({ claims: { agency: ['org-a'] } }),
      /"agency" is not a text/,
    ],
    ['no token', 'abc', /not a token of a kind/],
    ['three parts of nothing', 'a.b.c', /./],
  ];
  for (const [what, text, reason] of cases) {
    expect(await ask(await text), what).toEqual(refused(reason));
  }
  expect((await ask(good)).status).toBe(200);
});

it('clocks may be apart by JWT_LEEWAY_S', async () => {
  const { url } = await serveKeys(() => [jwk]);
  const late = await token({ expires: seconds(-60) });
  expect((await (await start(url, { JWT_LEEWAY_S: '120' }))(late)).status).toBe(200);
});

it('unknown keys do not make it ask for keys again and again', async () => {
  const keys = await serveKeys(() => [jwk]);
  const ask = await start(keys.url);
  await ask(await token());
  for (let time = 0; time < 10; time += 1) await ask(await token({ kid: `k${time + 2}` }));
  expect(keys.asked()).toBeLessThanOrEqual(2);
});

it('keys that can’t be had are no fault of the token', async () => {
  const ask = await start(await closedUrl());
  expect(await ask(await token())).toEqual({
    status: 503,
    errors: [
      {
        message: matching(/can't be verified at the moment/),
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      },
    ],
  });
});

import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { z } from 'zod';
import {
  authenticationSettings,
  toAuthenticationConfig,
} from '../../subgraphs/shared/authentication/authenticationSettings.ts';
import { startSubgraph } from '../../subgraphs/shared/server.ts';
import { readSettings } from '../../subgraphs/shared/settings.ts';
import { addKey, showing, temporaryKeyFile } from '../helpers/keys.ts';
import { nobody, WHO, whoami } from '../helpers/whoami.ts';
import { cleanUp, matching, post, serveRaw, startTestGateway } from './kit.ts';

const VOUCH_SECRET = 'what the gateway and its subgraphs share';

/** A subgraph as ours are served, with settings of its own. */
async function serveWhoami(env: Record<string, string>, subgraph = whoami) {
  const settings = readSettings(z.object(authenticationSettings), env);
  const { url, close } = await startSubgraph(subgraph, {
    host: '127.0.0.1',
    port: 0,
    introspection: true,
    bodyLimitKb: 256,
    logLevel: 'silent',
    authentication: toAuthenticationConfig(settings),
  });
  cleanUp(close);
  return url;
}

const refused = (message: RegExp) => ({
  status: 401,
  errors: [{ message: matching(message), extensions: { code: 'UNAUTHENTICATED' } }],
});

it('the gateway vouches for who asks, and a subgraph can answer it alone', async () => {
  const file = temporaryKeyFile();
  const rights = { agency: 'org-a', roles: ['editor'], scopes: ['*'] };
  const { key, text } = await addKey(file, rights);
  const url = await serveWhoami({ VOUCH_SECRET, REQUIRE_VOUCHER: 'true', KEYS_FILE: file });
  const gateway = await startTestGateway({
    subgraphs: [{ ...whoami, url }],
    env: { VOUCH_SECRET, KEYS_FILE: file },
  });
  const data = { whoami: { ...rights, subject: `key:${key.id}` } };
  for (let time = 0; time < 2; time += 1) {
    expect(await post(gateway.url, { query: WHO }, showing(text))).toEqual({ status: 200, data });
    expect(await gateway.execute(WHO)).toEqual({ status: 200, data: nobody });
  }
  expect((await fetch(`${gateway.root}/readyz`)).status).toBe(200);

  const alone = /answers its gateway only/;
  expect(await post(url, { query: WHO })).toEqual(refused(alone));
  expect(await post(url, { query: WHO }, showing(text))).toEqual(refused(alone));
  const bare = { 'x-agency': 'org-a', 'x-viewer': JSON.stringify(data.whoami) };
  expect(await post(url, { query: WHO }, bare)).toEqual(refused(alone));
  expect((await fetch(url.replace('/graphql', '/healthz'))).status).toBe(200);
});

it('a header that the gateway has not signed for this subgraph is refused, even where none is needed', async () => {
  const needed = await serveWhoami({ VOUCH_SECRET, REQUIRE_VOUCHER: 'true' });
  const free = await serveWhoami({ VOUCH_SECRET });
  const deaf = await serveWhoami({});
  const administrator = { agency: 'org-a', roles: ['administrator'], scopes: ['*'], subject: 'x' };
  const sign = (claims: object, secret = VOUCH_SECRET, typ = 'antq-viewer+jwt', age = 0) =>
    new SignJWT({ viewer: administrator, iss: 'antq-gateway', aud: 'whoami', ...claims })
      .setProtectedHeader({ alg: 'HS256', typ })
      .setIssuedAt(Math.floor(Date.now() / 1_000) - age)
      .setExpirationTime(Math.floor(Date.now() / 1_000) - age + 60)
      .sign(Buffer.from(secret));
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'none', typ: 'antq-viewer+jwt' })}.${encode({ viewer: administrator })}`;
  const good = await sign({});
  const [head = '', body = ''] = good.split('.');
  const mac = createHmac('sha256', 'another').update(`${head}.${body}`).digest('base64url');
  const wrong = {
    'the viewer as plain JSON': JSON.stringify(administrator),
    'an agency': 'org-a',
    nothing: '',
    'no signature': `${unsigned}.`,
    'another secret': await sign({}, `${VOUCH_SECRET}!`),
    'a signature of its own': `${head}.${body}.${mac}`,
    'another subgraph': await sign({ aud: 'campaigns' }),
    'another issuer': await sign({ iss: 'somebody' }),
    'another kind of token': await sign({}, VOUCH_SECRET, 'JWT'),
    'an old one': await sign({}, VOUCH_SECRET, 'antq-viewer+jwt', 120),
    'a viewer with more to it': await sign({ viewer: { ...administrator, isRoot: true } }),
    'no viewer': await sign({ viewer: undefined }),
    'one that lives long': await new SignJWT({
      viewer: administrator,
      iss: 'antq-gateway',
      aud: 'whoami',
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'antq-viewer+jwt' })
      .setIssuedAt(Math.floor(Date.now() / 1_000) - 600)
      .setExpirationTime('10y')
      .sign(Buffer.from(VOUCH_SECRET)),
  };
  for (const url of [needed, free]) {
    for (const [what, header] of Object.entries(wrong)) {
      const answer = await post(url, { query: WHO }, { 'antq-viewer': header });
      expect(answer, what).toEqual(refused(/antq-viewer (was not signed|has expired)/));
    }
    expect((await post(url, { query: WHO }, { 'antq-viewer': good })).data).toEqual({
      whoami: administrator,
    });
  }
  expect(await post(free, { query: WHO })).toEqual({ status: 200, data: nobody });
  expect(await post(deaf, { query: WHO }, { 'antq-viewer': good })).toEqual(
    refused(/has no VOUCH_SECRET/),
  );
});

it('a subgraph alone takes API keys itself, and can be closed to the public', async () => {
  const file = temporaryKeyFile();
  const { key, text } = await addKey(file, { agency: 'org-a' });
  const url = await serveWhoami({ KEYS_FILE: file, PUBLIC_READING: 'false' });
  expect(await post(url, { query: WHO })).toEqual(refused(/Nothing is public here/));
  for (let time = 0; time < 2; time += 1) {
    expect((await post(url, { query: WHO }, showing(text))).data).toEqual({
      whoami: { agency: 'org-a', roles: [], scopes: [], subject: `key:${key.id}` },
    });
  }
});

it.each(['compiled', 'apollo'])(
  'clients’ headers pass by FORWARD_HEADERS alone; the word of a client about itself never does (%s)',
  async (GATEWAY_EXECUTOR) => {
    const file = temporaryKeyFile();
    const { text } = await addKey(file);
    const seen: IncomingHttpHeaders[] = [];
    const url = await serveRaw((request, response) => {
      seen.push(request.headers);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { whoami: { agency: null } } }));
    });
    const client = {
      'antq-viewer': 'me',
      'x-request-id': 'r-1',
      'x-other': 'o',
      cookie: 'a=b',
      'x-api-key': text,
    };
    const query = '{ whoami { agency } }';
    const start = (env: Record<string, string>) =>
      startTestGateway({
        subgraphs: [{ ...whoami, url }],
        env: { GATEWAY_EXECUTOR, KEYS_FILE: file, ...env },
      });
    const none = await start({});
    expect((await post(none.url, { query }, client)).status).toBe(200);
    const some = await start({ VOUCH_SECRET, FORWARD_HEADERS: 'X-Request-Id,cookie,x-absent' });
    expect((await post(some.url, { query }, client)).status).toBe(200);
    const ours = ({ host: _host, connection: _connection, ...headers }: IncomingHttpHeaders) =>
      headers;
    const always = {
      'accept-encoding': 'identity',
      accept: expect.any(String) as unknown,
      'content-type': 'application/json',
      'content-length': expect.any(String) as unknown,
      'x-request-id': 'r-1',
    };
    expect(seen.map(ours)).toEqual([
      always,
      {
        ...always,
        cookie: 'a=b',
        'antq-viewer': matching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    ]);
  },
);

it('queries whose headers pass on different things are not carried out as one', async () => {
  const seen = new Set<string>();
  const url = await serveRaw((request, response) => {
    seen.add(String(request.headers['x-tenant']));
    setTimeout(() => {
      response.setHeader('content-type', 'application/json');
      const agency = String(request.headers['x-tenant']);
      response.end(JSON.stringify({ data: { whoami: { agency } } }));
    }, 50);
  });
  const gateway = await startTestGateway({
    subgraphs: [{ ...whoami, url }],
    env: { FORWARD_HEADERS: 'x-tenant' },
  });
  const query = '{ whoami { agency } }';
  const answers = await Promise.all(
    ['a', 'b', 'a'].map((tenant) => post(gateway.url, { query }, { 'x-tenant': tenant })),
  );
  expect(answers.map(({ data }) => data)).toEqual(
    ['a', 'b', 'a'].map((agency) => ({ whoami: { agency } })),
  );
  expect(seen).toEqual(new Set(['a', 'b']));
});

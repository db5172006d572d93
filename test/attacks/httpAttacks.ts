import { gzipSync } from 'node:zlib';
import { postJson, send, type Attack } from './Attack.ts';
import { request, sendRaw } from './sendRaw.ts';

const BAD = 'BAD_REQUEST';
const UNSUPPORTED = 'UNSUPPORTED_MEDIA_TYPE';
const plain = '{"query":"{ __typename }"}';

const raw = (
  name: string,
  status: readonly number[],
  code: Attack['code'],
  bytes: string | Uint8Array,
): Attack => ({
  name,
  status,
  code,
  send: (url) => sendRaw(url, bytes),
});
const posted = (
  name: string,
  status: readonly number[],
  code: Attack['code'],
  body: string | Buffer,
  headers: Record<string, string> = {},
): Attack => ({
  name,
  status,
  code,
  send: (url) =>
    send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    }),
});
const typed = (type: string): Attack =>
  posted(`a body as ${type}`, [415], UNSUPPORTED, plain, { 'content-type': type });
const json = 'Content-Type: application/json';
const sized = `Content-Length: ${plain.length}`;

/** What is odd as HTTP or as JSON. */
export const httpAttacks: readonly Attack[] = [
  typed('text/plain'),
  typed('application/x-www-form-urlencoded'),
  typed('multipart/form-data; boundary=x'),
  typed('application/graphql'),
  typed('application/xml'),
  typed('application/json; charset=utf-16'),
  typed('application/json; charset=iso-8859-1'),
  typed('application/json;charset="utf-7"'),
  posted('the charset in capitals', [200], undefined, plain, {
    'content-type': 'application/json; charset=UTF-8',
  }),
  posted('a compressed body', [415], UNSUPPORTED, gzipSync(plain), { 'content-encoding': 'gzip' }),
  posted('a body said to be br', [415], UNSUPPORTED, plain, { 'content-encoding': 'br' }),
  posted('a compressed bomb', [415], UNSUPPORTED, gzipSync('x'.repeat(5_000_000)), {
    'content-encoding': 'gzip',
  }),
  posted('UTF-16', [400], BAD, Buffer.from(plain, 'utf16le')),
  posted(
    'UTF-8 that is broken',
    [400],
    BAD,
    Buffer.concat([
      Buffer.from('{"query":"{ __typename } #'),
      Buffer.from([0xff, 0xc0]),
      Buffer.from('"}'),
    ]),
  ),
  posted('a BOM', [200], undefined, `\uFEFF${plain}`),
  posted('nothing', [400], BAD, ''),
  posted('null', [400], BAD, 'null'),
  posted('a text', [400], BAD, '"{ __typename }"'),
  posted('a number', [400], BAD, '1'),
  posted('an empty list', [400], BAD, '[]'),
  posted('a batch', [400], BAD, `[${plain},${plain}]`),
  posted(
    'a batch of thousands',
    [400],
    BAD,
    `[${Array.from({ length: 5_000 }, () => plain).join(',')}]`,
  ),
  posted('deep lists', [400], BAD, '['.repeat(100_000) + ']'.repeat(100_000)),
  posted('deep lists that do not end', [400], BAD, '['.repeat(200_000)),
  posted('deep objects', [400], BAD, '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000)),
  posted('half of a body', [400], BAD, '{"query":"{ __type'),
  posted('a prototype', [400], BAD, '{"__proto__":{"query":"{ __typename }"}}'),
  posted(
    'a prototype in variables',
    [400],
    BAD,
    '{"query":"{ __typename }","variables":{"__proto__":{"a":1}}}',
  ),
  posted(
    'a constructor',
    [400],
    BAD,
    '{"query":"{ __typename }","constructor":{"prototype":{"a":1}}}',
  ),
  posted('keys twice', [200], undefined, '{"query":"{ a }","query":"{ __typename }"}'),
  posted('a body that is too long', [413], 'BODY_TOO_LARGE', `{"query":"${'x'.repeat(300_000)}"}`),
  posted('no document', [400], BAD, '{}'),
  posted('an empty document', [400, 200], [BAD, 'GRAPHQL_PARSE_FAILED'], '{"query":""}'),
  posted('an odd Accept', [406, 400], BAD, plain, { accept: 'text/csv;q=abc' }),
  posted('a long Accept', [200, 406, 431], [BAD, 'HEADERS_TOO_LARGE', ''], plain, {
    accept: 'a/b,'.repeat(2_000),
  }),
  posted('an empty key', [200, 401], ['UNAUTHENTICATED', ''], plain, { authorization: 'Bearer' }),
  posted('a long key', [401], ['UNAUTHENTICATED'], plain, {
    authorization: `Bearer ${'x'.repeat(8_000)}`,
  }),
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method): Attack => ({
    name: method,
    status: [405],
    code: 'METHOD_NOT_ALLOWED',
    send: (url) => send(url, { method }),
  })),
  ...['PROPFIND', 'SEARCH', 'LOCK', 'TRACE', 'PURGE'].map((method) =>
    raw(
      method,
      [400, 404, 405],
      [BAD, 'NOT_FOUND', 'METHOD_NOT_ALLOWED'],
      request(`${method} /graphql HTTP/1.1`, []),
    ),
  ),
  raw(
    'CONNECT',
    [0, 400, 404, 405],
    [BAD, 'NOT_FOUND', 'METHOD_NOT_ALLOWED', ''],
    request('CONNECT /graphql HTTP/1.1', []),
  ),
  raw('no HTTP', [400], BAD, 'hello\r\n\r\n'),
  raw('TLS', [400], BAD, Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03])),
  raw('HTTP/2 at once', [400, 404, 405, 505], [BAD], 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  raw(
    'huge headers',
    [431],
    'HEADERS_TOO_LARGE',
    request('GET /graphql HTTP/1.1', [`X-A: ${'x'.repeat(60_000)}`]),
  ),
  raw(
    'many headers',
    [431],
    'HEADERS_TOO_LARGE',
    request(
      'GET /graphql HTTP/1.1',
      Array.from({ length: 3_000 }, (_, index) => `X-${index}: a`),
    ),
  ),
  raw(
    'a long address',
    [431, 414],
    'HEADERS_TOO_LARGE',
    request(`GET /graphql?query=${'x'.repeat(60_000)} HTTP/1.1`, []),
  ),
  raw('a header with NUL', [400], BAD, request('GET /graphql HTTP/1.1', ['X-A: a\u0000b'])),
  raw('a header without a name', [400], BAD, request('GET /graphql HTTP/1.1', [': a'])),
  raw(
    'two lengths',
    [400],
    BAD,
    request('POST /graphql HTTP/1.1', [json, sized, 'Content-Length: 5'], plain),
  ),
  raw(
    'a length and chunks',
    [400],
    BAD,
    request('POST /graphql HTTP/1.1', [json, sized, 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
  ),
  raw(
    'an unknown transfer encoding',
    [400, 415, 501],
    [BAD, UNSUPPORTED],
    request('POST /graphql HTTP/1.1', [json, 'Transfer-Encoding: gzip'], plain),
  ),
  raw(
    'chunks that are none',
    [400],
    BAD,
    request('POST /graphql HTTP/1.1', [json, 'Transfer-Encoding: chunked'], 'zz\r\nabc'),
  ),
  raw(
    'a length below zero',
    [400],
    BAD,
    request('POST /graphql HTTP/1.1', [json, 'Content-Length: -1'], plain),
  ),
  raw(
    'a host that is none',
    [400],
    BAD,
    'GET /graphql HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
  ),
  ...['evil.example"><script>', 'evil.example/x', 'user@evil.example', 'a,b', '[::1', 'a:b'].map(
    (host) =>
      raw(
        `the host ${host}`,
        [400],
        BAD,
        `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      ),
  ),
  raw(
    'an address for a host',
    [200],
    undefined,
    `POST /graphql HTTP/1.1\r\nHost: [::1]:4000\r\nConnection: close\r\n${json}\r\n${sized}\r\n\r\n${plain}`,
  ),
  ...['Host: evil.example', 'Content-Type: text/plain', 'Authorization: Bearer b'].map((header) =>
    raw(
      `once more ${header}`,
      [400],
      BAD,
      request('POST /graphql HTTP/1.1', [json, sized, 'Authorization: Bearer a', header], plain),
    ),
  ),
  ...[
    ['a space before the colon', 'Transfer-Encoding : chunked'],
    ['twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity'],
    ['chunks in chunks', 'Transfer-Encoding: chunked, chunked'],
    ['a name that is nearly right', 'Transfer-Encoding: xchunked'],
    ['an odd space', 'Transfer-Encoding:\u000bchunked'],
    ['a folded line', 'Transfer-Encoding:\r\n chunked'],
    ['a length with a sign', 'Content-Length: +26'],
    ['a length in hexadecimal digits', 'Content-Length: 0x1a'],
    ['lengths in a list', 'Content-Length: 26, 26'],
    ['a length twice', 'Content-Length: 26\r\nContent-Length: 26'],
    ['a length beyond numbers', 'Content-Length: 99999999999999999999999'],
  ].map(([name = '', header = '']) =>
    raw(
      `a hidden request: ${name}`,
      [400],
      BAD,
      request(
        'POST /graphql HTTP/1.1',
        [json, header],
        '1a\r\n{"query":"{ __typename }"}\r\n0\r\n\r\n',
      ),
    ),
  ),
  raw(
    'trailers that change the request',
    [400],
    BAD,
    request(
      'POST /graphql HTTP/1.1',
      [json, 'Transfer-Encoding: chunked'],
      `1a\r\n${plain}\r\n0\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n\r\n`,
    ),
  ),
  raw(
    'trailers without end',
    [431],
    'HEADERS_TOO_LARGE',
    request(
      'POST /graphql HTTP/1.1',
      [json, 'Transfer-Encoding: chunked'],
      `1a\r\n${plain}\r\n0\r\nX-A: ${'x'.repeat(100_000)}\r\n\r\n`,
    ),
  ),
  raw(
    'a chunk with a long extension',
    [400, 413],
    BAD,
    request(
      'POST /graphql HTTP/1.1',
      [json, 'Transfer-Encoding: chunked'],
      `1a;${'x'.repeat(20_000)}\r\n${plain}\r\n0\r\n\r\n`,
    ),
  ),
  raw(
    'a chunk larger than numbers',
    [400],
    BAD,
    request(
      'POST /graphql HTTP/1.1',
      [json, 'Transfer-Encoding: chunked'],
      'fffffffffffffffff\r\n',
    ),
  ),
  raw(
    'lines that end with LF only',
    [400],
    BAD,
    request('POST /graphql HTTP/1.1', [json, sized], plain).replaceAll('\r\n', '\n'),
  ),
  raw('a header in two lines', [400], BAD, request('GET /graphql HTTP/1.1', ['X-A: a\r\n b'])),
  raw('CR in a header', [400], BAD, request('GET /graphql HTTP/1.1', ['X-A: a\rb'])),
  raw('HTTP of the future', [400], BAD, request('GET /graphql HTTP/3.0', [])),
  raw(
    'an id of the request that is a header',
    [200],
    undefined,
    request('POST /graphql HTTP/1.1', [json, sized, 'X-Request-Id: a%0d%0aSet-Cookie: x=1'], plain),
  ),
  raw('no host', [400], BAD, 'GET /graphql HTTP/1.1\r\nConnection: close\r\n\r\n'),
  raw(
    'an address that is no text',
    [400, 404],
    [BAD, 'NOT_FOUND'],
    request('GET /%E0%A4%A HTTP/1.1', []),
  ),
  raw(
    'an address with ..',
    [400, 404],
    [BAD, 'NOT_FOUND'],
    request('GET /../../etc/passwd HTTP/1.1', []),
  ),
  raw(
    'an expectation',
    [200, 417],
    ['', BAD],
    request('POST /graphql HTTP/1.1', [json, sized, 'Expect: 200-ok'], plain),
  ),
  raw(
    'HTTP/1.0 without a host',
    [200],
    undefined,
    `POST /graphql HTTP/1.0\r\n${json}\r\n${sized}\r\n\r\n${plain}`,
  ),
  raw(
    'an upgrade',
    [200],
    undefined,
    request('POST /graphql HTTP/1.1', [json, sized, 'Upgrade: websocket'], plain),
  ),
];

const simple = (name: string, init: RequestInit): Attack => ({
  name,
  status: [400, 405, 415],
  code: [BAD, UNSUPPORTED, 'METHOD_NOT_ALLOWED'],
  send: (url) => send(`${url}?query=%7B__typename%7D`, init),
});

/** What a page elsewhere can make a browser send without being asked. */
export const csrfAttacks: readonly Attack[] = [
  simple('GET as from an image', {}),
  simple('GET as a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  simple('GET as text', { headers: { 'content-type': 'text/plain' } }),
  simple('GET as text with a parameter', {
    headers: { 'content-type': 'text/plain; application/json' },
  }),
  simple('POST of a form', {
    method: 'POST',
    body: new URLSearchParams({ query: '{__typename}' }),
  }),
  simple('POST of text', { method: 'POST', body: plain }),
  simple('POST of nothing', { method: 'POST' }),
  simple('POST of a file', { method: 'POST', body: form() }),
  {
    name: 'a mutation by GET',
    status: [405],
    code: BAD,
    send: (url) =>
      send(`${url}?query=mutation%7B__typename%7D`, {
        headers: { 'apollo-require-preflight': '1' },
      }),
  },
  {
    name: 'POST of JSON stays possible',
    status: [200],
    code: undefined,
    send: (url) => postJson(url, plain),
  },
];

function form() {
  const data = new FormData();
  data.set('operations', plain);
  return data;
}

import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A server that always gives the same answer. */
export function answering(body: string, type = 'application/json', status = 200): RequestListener {
  return (_request, response) => response.writeHead(status, { 'content-type': type }).end(body);
}

/** Faults of a subgraph `reviews`: what is wrong, the code that clients see, and how it answers; undefined: it is down. */
export const subgraphFaults: [string, string, RequestListener | undefined][] = [
  ['a subgraph that is down', 'SUBGRAPH_UNAVAILABLE', undefined],
  ['a subgraph that hangs up', 'SUBGRAPH_UNAVAILABLE', (request) => void request.socket.destroy()],
  [
    'a subgraph that hangs up in the middle of its answer',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data":{"bestRe', () => response.destroy());
    },
  ],
  ['a subgraph that never answers', 'SUBGRAPH_TIMEOUT', () => {}],
  [
    'a subgraph that stops in the middle of its answer',
    'SUBGRAPH_TIMEOUT',
    (_request, response) => void response.writeHead(200).write('{"data":'),
  ],
  [
    'a subgraph that answers 500 with text',
    'SUBGRAPH_UNAVAILABLE',
    answering('Error: connect ECONNREFUSED 127.0.0.1:27017\n    at f (x.js:1)', 'text/plain', 500),
  ],
  [
    'a subgraph that answers 503 with JSON of its own',
    'SUBGRAPH_UNAVAILABLE',
    answering('{"errors":[{"message":"down at http://10.0.0.1"}]}', 'application/json', 503),
  ],
  [
    'a subgraph that answers with a redirection',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => response.writeHead(308, { location: 'http://127.0.0.1:1/' }).end(),
  ],
  [
    'a subgraph that answers HTML',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('<html>http://10.0.0.1</html>', 'text/html'),
  ],
  ['a subgraph that answers nothing', 'SUBGRAPH_INVALID_RESPONSE', answering('')],
  ['a subgraph that answers cut JSON', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":{"be')],
  ['a subgraph that answers null', 'SUBGRAPH_INVALID_RESPONSE', answering('null')],
  ['a subgraph that answers a list', 'SUBGRAPH_INVALID_RESPONSE', answering('[{"data":{}}]')],
  ['a subgraph that answers no data', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":null}')],
  ['data that are text', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":"x"}')],
  ['data that are a list', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":[]}')],
  ['errors that are text', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":{},"errors":"x"}')],
  ['errors without message', 'SUBGRAPH_INVALID_RESPONSE', answering('{"errors":[{"path":[]}]}')],
  [
    'objects where lists belong and lists where objects belong',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('{"data":{"bestReview":[{"text":"x"}],"_entities":{"0":{"rating":1}}}}'),
  ],
  [
    'values where objects belong, and fewer entities than were asked for',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('{"data":{"bestReview":"x","_entities":[{"rating":1}]}}'),
  ],
  ['no content', 'SUBGRAPH_INVALID_RESPONSE', answering('', 'application/json', 204)],
  [
    'an answer that is packed',
    'SUBGRAPH_INVALID_RESPONSE',
    (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync('{"data":{"bestReview":null,"_entities":[null,null]}}')),
  ],
  [
    'an answer that is no UTF-8',
    'SUBGRAPH_INVALID_RESPONSE',
    (_request, response) =>
      response.writeHead(200).end(Buffer.from('{"data":{"bestReview":{"text":"é"}}}', 'latin1')),
  ],
  [
    'an answer without end',
    'SUBGRAPH_INVALID_RESPONSE',
    (_request, response) => {
      response.writeHead(200).write('{"data":{"bestReview":{"text":"');
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    },
  ],
  [
    'an answer that drips',
    'SUBGRAPH_TIMEOUT',
    (_request, response) => {
      response.writeHead(200).write('{"data":');
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
  ],
  [
    'headers without measure',
    'SUBGRAPH_INVALID_RESPONSE',
    (_request, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('{}'),
  ],
  [
    'what is no HTTP',
    'SUBGRAPH_INVALID_RESPONSE',
    ({ socket }) => void socket.end('220 mail.example.org ESMTP\r\n\r\n'),
  ],
  [
    'data nested beyond measure',
    'SUBGRAPH_INVALID_RESPONSE',
    answering(`{"data":{"bestReview":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`),
  ],
  ['two answers in one', 'SUBGRAPH_INVALID_RESPONSE', answering('{"data":{}}{"data":{}}')],
  [
    'a path that is none',
    'SUBGRAPH_INVALID_RESPONSE',
    answering('{"errors":[{"message":"x","path":{}}]}'),
  ],
];

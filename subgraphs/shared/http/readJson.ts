import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/** Reads bodies as JSON. One that is not UTF-8 is no JSON: else its characters would be replaced without a word. */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (!isUtf8(body)) throw new SyntaxError('not UTF-8');
      return parse(request, body.toString(), done);
    },
  );
}

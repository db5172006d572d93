import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, isKnown } from '../http/entityTag.ts';
import { formats, plainMediaType } from './formats/formats.ts';
import type { TableFormat } from './formats/TableFormat.ts';
import { tablePath, TABLES_PATH } from './tablePath.ts';
import type { TablePart } from './writeTable.ts';

/** How many rows a table has: a header where it is known in time, else a trailer. */
export const ROW_COUNT = 'x-row-count';

/** Shorter tables are sent whole, with their length, and a tag by which clients ask whether they have changed. */
const WHOLE_BYTES = 1024 * 1024;

export interface TableToSend {
  /** The name of its operation; that of the file that browsers save. */
  name: string;
  format: TableFormat;
  /** How many items were asked for, in a page of the table. */
  first?: number | undefined;
  parts: AsyncGenerator<TablePart>;
}

/**
 * Sends a table. One that breaks off has no proper end: over HTTP/1.1 its connection is closed in the middle, so that
 * clients notice.
 * Rejects with what makes it impossible before anything was sent.
 */
export async function sendTable(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, format, first, parts }: TableToSend,
): Promise<FastifyReply> {
  const begun = await takeUntil(parts, WHOLE_BYTES);
  void reply
    .header('content-type', format.mediaType)
    .header('content-disposition', `inline; filename="${name}.${format.extension}"`)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'authorization, x-api-key');
  void reply.header(
    'link',
    links(request, name, first === undefined ? undefined : begun.last?.next),
  );

  if (begun.isWhole) {
    const body = Buffer.concat(begun.parts.map(({ bytes }) => bytes));
    const etag = entityTag(body);
    void reply.header('etag', etag).header(ROW_COUNT, begun.last?.rows ?? 0);
    if (isKnown(etag, request)) return reply.code(304).send();
    return reply.send(body);
  }
  if (request.method === 'HEAD') {
    await parts.return(undefined);
    return reply.send();
  }
  await stream(reply, begun.parts, parts);
  return reply;
}

async function takeUntil(parts: AsyncIterator<TablePart>, most: number) {
  const taken: TablePart[] = [];
  let bytes = 0;
  for (;;) {
    const result: IteratorResult<TablePart, unknown> = await parts.next();
    if (result.done) return { parts: taken, last: taken.at(-1), isWhole: true };
    taken.push(result.value);
    bytes += result.value.bytes.length;
    if (bytes > most) return { parts: taken, last: result.value, isWhole: false };
  }
}

/** Writes as fast as the client reads. */
async function stream(
  reply: FastifyReply,
  begun: readonly TablePart[],
  rest: AsyncGenerator<TablePart>,
): Promise<void> {
  const { raw: response } = reply;
  reply.hijack();
  const headers = reply.getHeaders();
  response.writeHead(200, { ...headers, trailer: ROW_COUNT } as Record<string, string>);
  let rows = 0;
  const write = async (part: TablePart) => {
    rows = part.rows;
    if (part.bytes.length && !response.write(part.bytes)) {
      await untilDrained(response);
    }
    if (response.destroyed) throw new Error('the client has gone');
  };
  try {
    for (const part of begun) await write(part);
    for await (const part of rest) await write(part);
    response.addTrailers({ [ROW_COUNT]: String(rows) });
    response.end();
  } catch (error) {
    if (!response.destroyed) {
      reply.log.warn({ err: error, rows }, 'a table was not finished');
      // What was written still goes out, and no end of it.
      response.socket?.destroySoon();
    }
  }
}

const untilDrained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });

function links(request: FastifyRequest, name: string, next: string | undefined): string {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const link = (path: string, relation: string) => `<${path}>; rel="${relation}"`;
  const following = new URLSearchParams(searchParams);
  if (next !== undefined) following.set('after', next);
  const isSaved = pathname.startsWith(tablePath(''));
  return [
    ...(next === undefined ? [] : [link(`${pathname}${search(following)}`, 'next')]),
    link(isSaved ? tablePath(name) : TABLES_PATH, 'describedby'),
    ...formats
      .filter(({ extension }) => isSaved && !pathname.endsWith(`.${extension}`))
      .map((format) => {
        const path = `${tablePath(name, format.extension)}${search(searchParams)}`;
        return `${link(path, 'alternate')}; type="${plainMediaType(format)}"`;
      }),
  ].join(', ');
}

const search = (parameters: URLSearchParams) =>
  parameters.size ? `?${parameters.toString()}` : '';

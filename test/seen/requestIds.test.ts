import { expect, it } from 'vitest';
import { closedUrl, send, serveRaw, startTestGateway, type Answer } from '../gateway/kit.ts';
import { createBooks, createReviews } from '../gateway/library.ts';
import { capturingLog } from './capturingLog.ts';

const idsIn = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions['requestId']);

const post = async (...request: Parameters<typeof send>) =>
  (await (await send(...request)).json()) as Answer;

const withId = (id: string) => ({ 'x-request-id': id });

/** Another document each time goes the long way, through Apollo's server; the same one the short way. */
const twice = ['first', 'again'];

it('faults of ours carry the id of the request, which the log has too; mistakes of clients do not', async () => {
  const lines = await capturingLog(async () => {
    const subgraphs = [createBooks(), createReviews()];
    const { url } = await startTestGateway({
      subgraphs,
      inProcess: subgraphs,
      env: { LOG_LEVEL: 'info', COST_LIMIT: '50' },
    });
    for (const time of twice) {
      const fault = await post(url, { query: '{ uncoded }' }, withId(`fault-${time}`));
      expect(idsIn(fault)).toEqual([`fault-${time}`]);
      expect(fault.errors?.[0]?.message).toContain(String(fault.errors?.[0]?.extensions['id']));
      const mistake = await post(url, { query: '{ coded }' }, withId('mistake'));
      expect(idsIn(mistake)).toEqual([undefined]);
      const dear = {
        query: '{ books(first: 99) { reviews { book { title reviews { text } } } } }',
      };
      expect(idsIn(await post(url, dear, withId(`dear-${time}`)))).toEqual([`dear-${time}`]);
    }
  });
  for (const time of twice) {
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'unexpected error', requestId: `fault-${time}` }),
    );
  }
});

it('equal requests that are carried out once are told their own ids', async () => {
  const lines = await capturingLog(async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const books = createBooks();
    const url = await serveRaw((_request, response) => {
      void asked.then(() => {
        response.setHeader('content-type', 'application/json');
        response.end('{"errors":[{"message":"no","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}');
      });
    });
    const gateway = await startTestGateway({
      subgraphs: [{ ...books, url }],
      env: { LOG_LEVEL: 'info' },
    });
    const query = '{ books { title } }';
    const ids = ['a', 'b', 'c', 'd'];
    const answers = ids.map((id) => post(gateway.url, { query }, withId(id)));
    await expect.poll(() => gateway.load().running).toBe(4);
    answer();
    expect((await Promise.all(answers)).map(idsIn)).toEqual(ids.map((id) => [id]));
  });
  const told = lines.flatMap(({ id, requestId }) => (id === undefined ? [] : [requestId]));
  expect(told.sort()).toEqual(['a', 'b', 'c', 'd']);
});

it('subgraphs over HTTP are told the id, and so are the lines of the log about a fetch', async () => {
  const seen: unknown[] = [];
  const books = createBooks();
  const url = await serveRaw(({ headers }, response) => {
    seen.push(headers['x-request-id']);
    response.setHeader('content-type', 'application/json');
    response.end('{"data":{"books":[]}}');
  });
  const reviews = { ...createReviews(), url: await closedUrl() };
  const lines = await capturingLog(async () => {
    const gateway = await startTestGateway({
      subgraphs: [{ ...books, url }, reviews],
      env: { LOG_LEVEL: 'info', SUBGRAPH_TRIES: '1' },
    });
    await post(gateway.url, { query: '{ books { title } }' }, withId('joined-1'));
    const down = await post(gateway.url, { query: '{ bestReview { text } }' }, withId('joined-2'));
    expect(idsIn(down)).toEqual(['joined-2']);
  });
  expect(seen).toEqual(['joined-1']);
  expect(lines).toContainEqual(
    expect.objectContaining({ subgraph: 'reviews', requestId: 'joined-2' }),
  );
});

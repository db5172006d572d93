import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  composeFile,
  createSubgraph,
  matching,
  post,
  serve,
  startTestGateway,
  temporaryFolder,
} from './kit.ts';

/** A running gateway takes another supergraph without a failed request, and refuses a bad one. */

const createNumbers = (fields: string[]) =>
  createSubgraph(
    'numbers',
    `type Query { slow: Int ${fields.map((field) => `${field}: Int`).join(' ')} }`,
    {
      Query: {
        ...Object.fromEntries(fields.map((field, index) => [field, () => index])),
        slow: () => new Promise((resolve) => setTimeout(() => resolve(7), 1_500)),
      },
    },
  );

/** Replaces a file in one step, as `npm run subgraph:add` does. */
async function put(file: string, from: string) {
  await copyFile(from, `${file}.new`);
  await rename(`${file}.new`, file);
}

const readiness = async (root: string) =>
  (await (await fetch(`${root}/readyz`)).json()) as {
    status: string;
    supergraph: { version: string; refused?: { reason: string } };
  };

async function start(executor: string) {
  const [few, many] = [createNumbers(['a']), createNumbers(['a', 'b', 'c'])];
  const [before, after] = [
    { ...few, url: await serve(few) },
    { ...many, url: await serve(many) },
  ];
  const env = { GATEWAY_EXECUTOR: executor, LAST_GOOD_DIR: temporaryFolder() };
  const gateway = await startTestGateway({ subgraphs: [before], env });
  return {
    ...gateway,
    env,
    subgraphs: [before],
    files: [await composeFile([before]), await composeFile([after])] as const,
  };
}

describe.each(['compiled', 'apollo'])('with the executor %s', (executor) => {
  it('another supergraph is served without a failed request', async () => {
    const { url, root, supergraphFile, files, execute } = await start(executor);
    const [before, after] = files;
    expect(await execute('{ b }')).toMatchObject({
      errors: [{ message: matching(/Cannot query field "b"/) }],
    });
    const answers = new Map<string, number>();
    let isDone = false;
    const client = async () => {
      while (!isDone) {
        const { status, data, errors } = await post(url, { query: '{ a }' });
        const answer = JSON.stringify({ status, data, errors });
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    };
    const clients = [client(), client(), client(), client()];
    const versions = new Set<string>();
    for (const file of [after, before, after, before, after]) {
      const { version } = (await readiness(root)).supergraph;
      versions.add(version);
      await put(supergraphFile, file);
      await vi.waitFor(
        async () => expect((await readiness(root)).supergraph.version).not.toBe(version),
        { timeout: 10_000 },
      );
    }
    isDone = true;
    await Promise.all(clients);
    expect(versions.size).toBe(2);
    expect([...answers.keys()]).toEqual(['{"status":200,"data":{"a":0}}']);
    expect(await execute('{ b c }')).toEqual({ status: 200, data: { b: 1, c: 2 } });
  });

  it('what has begun ends with the supergraph that it began with', async () => {
    const { root, supergraphFile, files, execute } = await start(executor);
    const slow = execute('{ slow }');
    const { version } = (await readiness(root)).supergraph;
    await put(supergraphFile, files[1]);
    await vi.waitFor(
      async () => expect((await readiness(root)).supergraph.version).not.toBe(version),
      { timeout: 10_000 },
    );
    expect(await slow).toEqual({ status: 200, data: { slow: 7 } });
  });

  it('a bad one is refused with the reason, now and at the next start', async () => {
    const { root, supergraphFile, files, execute, close, env, subgraphs } = await start(executor);
    const { version } = (await readiness(root)).supergraph;
    const half = (await readFile(files[1], 'utf8')).slice(0, 900);
    const unsound = (await readFile(files[1], 'utf8')).replaceAll('a: Int', 'a: Nowhere');
    for (const [text, reason] of [
      [half, /^its file is not a composed Federation 2 supergraph \(Syntax Error/],
      [unsound, /^its file is not a composed Federation 2 supergraph \(Unknown type: "Nowhere"/],
      [undefined, /^there is no supergraph at its file: /],
    ] as const) {
      if (text === undefined) await rm(supergraphFile);
      else await writeFile(supergraphFile, text);
      await vi.waitFor(
        async () =>
          expect(await readiness(root)).toEqual({
            status: 'ready',
            subgraphs: { numbers: 'up' },
            supergraph: {
              version,
              servedSince: matching(/^\d{4}-/),
              refused: { at: matching(/^\d{4}-/), reason: matching(reason) },
            },
          }),
        { timeout: 10_000 },
      );
      expect(await execute('{ a }')).toEqual({ status: 200, data: { a: 0 } });
    }
    await close();

    const again = await startTestGateway({
      subgraphs,
      env: { ...env, SUPERGRAPH_FILE: supergraphFile },
    });
    expect(await readiness(again.root)).toMatchObject({
      supergraph: {
        version,
        refused: { reason: matching(/^there is no supergraph at its file: /) },
      },
    });
    expect(await again.execute('{ a }')).toEqual({ status: 200, data: { a: 0 } });

    await put(supergraphFile, files[1]);
    await vi.waitFor(
      async () => expect((await readiness(again.root)).supergraph.refused).toBeUndefined(),
      { timeout: 10_000 },
    );
    expect(await again.execute('{ b }')).toEqual({ status: 200, data: { b: 1 } });
  });
});

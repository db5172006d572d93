import { readFileSync } from 'node:fs';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  getOperationAST,
  introspectionFromSchema,
  lexicographicSortSchema,
  OperationTypeNode,
  printSchema,
  GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOperations } from '../../gateway/operations/readOperations.ts';
import { toSavedOperation } from '../../gateway/operations/SavedOperation.ts';
import { askGolden, readQuestions } from '../helpers/golden.ts';
import { post } from '../helpers/graph.ts';
import { startEngines } from './startEngines.ts';

const questionsOf = (name: string) =>
  readQuestions(new URL(`../graph/${name}.json`, import.meta.url));

let engines: Awaited<ReturnType<typeof startEngines>>;

beforeAll(async () => {
  engines = await startEngines();
});

afterAll(() => engines?.close());

/** Asks Hive Gateway what must be answered as we answer it, to the order of the fields. */
async function askHive(query: string, variables?: Record<string, unknown>) {
  const answer = await post(engines.hive, query, variables);
  expect(JSON.stringify(answer)).toBe(JSON.stringify(await post(engines.ours, query, variables)));
  return answer;
}

describe('Hive Gateway over our subgraphs', () => {
  it.each([...questionsOf('golden'), ...questionsOf('answers')])(
    'answers $id as we do, and rightly: $questionEn',
    async (question) => {
      expect(await askGolden(question, askHive)).toEqual([]);
    },
  );

  it('answers the saved operations of dashboards as we do', async () => {
    const operations = await readOperations('schema/operations');
    expect(operations.size).toBeGreaterThan(0);
    for (const [file, text] of operations) {
      const { document, variables } = toSavedOperation(file, text);
      // Not every engine tells of events, and by which protocol is its own affair.
      if (getOperationAST(document)?.operation === OperationTypeNode.SUBSCRIPTION) continue;
      const { data, errors } = await askHive(text, variables);
      expect({ data, errors }).toEqual({ data: expect.any(Object) as object, errors: undefined });
    }
  });

  it('shows clients the same schema, though not every description, and the marks on our schema besides', async () => {
    const printed = (schema: GraphQLSchema) => printSchema(lexicographicSortSchema(schema));
    // Hive Gateway loses those of the kinds of organization, types of an interface that others extend.
    const descriptions = false;
    const { data } = await post(engines.hive, getIntrospectionQuery({ descriptions }));
    const published = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
    const shown = buildClientSchema(data as IntrospectionQuery).toConfig();
    // It also shows the marks by which contracts are cut and operations are priced.
    const marks = ['cost', 'listSize', 'tag'];
    const directives = shown.directives.filter(({ name }) => !marks.includes(name));
    expect(shown.directives.length - directives.length).toBe(marks.length);
    expect(printed(new GraphQLSchema({ ...shown, directives }))).toBe(
      printed(buildClientSchema(introspectionFromSchema(published, { descriptions }))),
    );
  });

  const query = '{ source(id: "src-bao-thai-binh-2022-02-21") { publisher } }';
  const asJson = { 'content-type': 'application/json' };
  const requests: [title: string, init: RequestInit & { search?: string }][] = [
    ['by POST', { method: 'POST', headers: asJson, body: JSON.stringify({ query }) }],
    [
      'by POST, as application/graphql-response+json',
      {
        method: 'POST',
        headers: { ...asJson, accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query }),
      },
    ],
    [
      'by POST, one of two operations',
      {
        method: 'POST',
        headers: asJson,
        body: JSON.stringify({
          query: `query A { sources { totalCount } } query B ${query}`,
          operationName: 'B',
        }),
      },
    ],
    [
      'by GET',
      {
        search: `?${new URLSearchParams({ query }).toString()}`,
        // Against forged requests of other pages we ask this of a GET; Hive Gateway does not mind it.
        headers: { 'apollo-require-preflight': 'true' },
      },
    ],
  ];
  it.each(requests)('is asked %s like us', async (_title, { search = '', ...init }) => {
    const ask = async (url: string) => {
      const response = await fetch(`${url}${search}`, init);
      const [type] = (response.headers.get('content-type') ?? '').split(';');
      return { status: response.status, type, answer: await response.json() };
    };
    const answer = await ask(engines.hive);
    expect(answer).toEqual(await ask(engines.ours));
    expect(answer).toMatchObject({
      status: 200,
      answer: { data: { source: { publisher: 'Báo Thái Bình' } } },
    });
  });
});

describe('an error of Hive Gateway', () => {
  it.each(['{ nothing }', '{ campaign { id } }', '{ campaign(id: 1) {'])(
    'is the very same where a document is refused: %s',
    async (refused) => {
      expect((await askHive(refused)).errors).toHaveLength(1);
    },
  );

  const limit = (got: number) =>
    `"first" must be from 1 to 100; got ${got}. Ask for more with "after" and the cursor of the page before.`;
  const date =
    'PartialDate must be a text with a year, month or day of the calendar, such as "2010", "2013-11" or "2012-02-23"; got "yesterday".';
  const code = 'BAD_USER_INPUT';

  // What differs, case by case: nothing that a client should decide by.
  it.each([
    {
      title: 'names the subgraph that refuses as `serviceName`, we as `subgraph`',
      query: '{ campaigns(first: 1000) { totalCount } }',
      data: { data: null },
      ours: {
        message: limit(1000),
        path: ['campaigns'],
        extensions: { code, subgraph: 'campaigns' },
      },
      hive: {
        message: limit(1000),
        path: ['campaigns'],
        extensions: { code, serviceName: 'campaigns' },
      },
    },
    {
      title: 'takes no more than the field that a subgraph refuses, like ours',
      query:
        '{ organization(id: "org-bo-cong-an") { campaigns(first: -1) { totalCount } recognitionsIssued { totalCount } } }',
      data: {
        data: { organization: { campaigns: null, recognitionsIssued: { totalCount: 6 } } },
      },
      ours: {
        message: limit(-1),
        path: ['organization', 'campaigns'],
        extensions: { code, subgraph: 'campaigns' },
      },
      hive: {
        message: limit(-1),
        path: ['organization', 'campaigns'],
        extensions: { code, serviceName: 'campaigns' },
      },
    },
    {
      // It sends what clients write into the query as a variable of its own making, and tells its name.
      title: 'tells of a variable where a value stands in the query',
      query: '{ activities(filter: { date: { from: "yesterday" } }) { totalCount } }',
      data: { data: null },
      ours: { message: date, path: ['activities'], extensions: { code, subgraph: 'campaigns' } },
      hive: {
        message: `Variable "$filter" got invalid value "yesterday" at "filter.date.from"; ${date}`,
        path: ['activities'],
        extensions: { code, serviceName: 'campaigns' },
      },
    },
    {
      title: 'has no code where a variable is missing',
      query: 'query ($id: ID!) { campaign(id: $id) { id } }',
      data: {},
      ours: {
        message: 'Variable "$id" of required type "ID!" was not provided.',
        locations: [{ line: 1, column: 8 }],
        extensions: { code },
      },
      hive: {
        message: 'Variable "$id" of required type "ID!" was not provided.',
        locations: [{ line: 1, column: 8 }],
      },
    },
    {
      title: 'does not say how to choose one of two operations',
      query: 'query A { sources { totalCount } } query B { sources { totalCount } }',
      data: {},
      ours: {
        message: 'Say in "operationName" which operation of the document to run: A, B.',
        extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
      },
      hive: {
        message: 'Could not determine what operation to execute.',
        extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
      },
    },
  ])('$title', async ({ query, data, ours, hive }) => {
    expect(await post(engines.ours, query)).toEqual({ ...data, errors: [ours] });
    expect(await post(engines.hive, query)).toEqual({ ...data, errors: [hive] });
  });

  it('does not say which subgraph is down; both answer what is left, and all when it is back', async () => {
    const query = `{
      campaign(id: "ed-da-teh-2020") { recognitionTotals { collectivesMin } unit { name { vi } } }
    }`;
    const unit = { name: { vi: 'Huyện Đạ Tẻh' } };
    const data = { campaign: { recognitionTotals: null, unit } };
    const path = ['campaign', 'recognitionTotals'];
    const restart = await engines.subgraphs.stop('recognitions');
    expect(await post(engines.ours, query)).toEqual({
      data,
      errors: [
        {
          message: expect.stringContaining('"recognitions" is not working') as string,
          path,
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'recognitions', retryable: true },
        },
      ],
    });
    expect(await post(engines.hive, query)).toEqual({
      data,
      errors: [
        { message: 'Unexpected error.', path, extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ],
    });
    await restart();
    expect(await askHive(query)).toEqual({
      data: { campaign: { recognitionTotals: { collectivesMin: 21 }, unit } },
    });
  });
});

// The last test: all that was asked before has been watched.
it('Hive Gateway contacts nothing but this machine, as we start it', () => {
  expect(engines.hiveLines).toEqual([`ready ${engines.hive}`]);
});

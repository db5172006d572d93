import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '../../subgraphs/campaigns/database.ts';
import { startGraph } from '../helpers/graph.ts';
import { createKeys, editorOf } from '../helpers/createKeys.ts';
import { startScript } from '../helpers/startScript.ts';
import { cited } from '../helpers/writing.ts';

/** `npm run import` as people run it: a process, files, the graph over HTTP, the database. */

const POLICE = 'org-cong-an-tinh-thai-binh';

let graph: Awaited<ReturnType<typeof startGraph>>;
let keys: Awaited<ReturnType<typeof createKeys<'police'>>>;
let folder: string;

beforeAll(async () => {
  keys = await createKeys({ police: editorOf(POLICE) });
  graph = await startGraph({ keysFile: keys.file });
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});

afterAll(async () => {
  await graph?.close();
  await keys?.remove();
  if (folder) await rm(folder, { recursive: true });
});

interface Summary {
  rows: number;
  accepted: number;
  already: number;
  refused: number;
  reasons: { code: string; field: string; message: string; rows: number; firstLine: number }[];
  isWhole: boolean;
  stopped: string | null;
  refusedFile: string | null;
}

const flagsFor = (file: string, more: readonly string[] = []) => [
  ...['--file', file, '--kind', 'outcome', '--agency', POLICE, '--url', graph.url, '--json'],
  ...more,
];

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(flags: readonly string[], key = keys.keys.police): Promise<Run> {
  const args = ['scripts/run.cjs', 'scripts/import.ts', ...flags];
  const env = { ...process.env, ANTQ_KEY: key };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Runs an import to its end: the exit code and the summary. */
async function importFile(file: string, more: readonly string[] = [], key = keys.keys.police) {
  const { code, stdout, stderr } = await run(flagsFor(file, more), key);
  if (!stdout) throw new Error(stderr);
  return { code, summary: JSON.parse(stdout) as Summary };
}

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Figures of one file in the database, by what their names begin with. */
const figures = (name: string) =>
  database
    .collection('outcomes')
    .find({ 'name.vi': { $regex: `^${name}` } })
    .sort({ 'measure.value': 1 })
    .toArray();

const HEADER =
  'metricCode,name.vi,measure.value,measure.qualifier,measure.asPrinted,period.from,contributorIds,' +
  'provenance.sourceId,provenance.1.paragraphs';
const SOURCE = 'src-bao-thai-binh-2022-02-21';

const line = (name: string, value: string, { metric = 'LEAFLETS', printed = '1.447' } = {}) =>
  `${metric},${name},${value},EXACT,${printed},2024,${POLICE},${SOURCE},3|4`;

describe('a CSV file', () => {
  it('is imported whole, and sent again nothing is written twice', async () => {
    const rows = [
      line('Tờ rơi đủ dấu'.normalize('NFD'), '1447'),
      line('"Tờ rơi đủ dấu, ""hai""\ndòng"', '12.5'),
    ];
    // As spreadsheets write it: with the mark of UTF-8, CRLF and an empty row.
    const file = await fileOf(
      'good.csv',
      `\uFEFF${[HEADER, ...rows, ',,,,,,,,', ''].join('\r\n')}`,
    );

    const first = await importFile(file);
    expect(first).toEqual({
      code: 0,
      summary: {
        file,
        kind: 'outcome',
        agencyId: POLICE,
        dryRun: false,
        isWhole: true,
        stopped: null,
        rows: 2,
        accepted: 2,
        already: 0,
        refused: 0,
        reasons: [],
        refusedFile: null,
        reportFile: null,
      },
    });
    const written = await figures('Tờ rơi đủ dấu');
    expect(written).toMatchObject([
      { name: { vi: 'Tờ rơi đủ dấu, "hai"\ndòng' }, measure: { value: 12.5 } },
      {
        name: { vi: 'Tờ rơi đủ dấu' },
        measure: { value: 1447, qualifier: 'EXACT', asPrinted: '1.447' },
        contributorIds: [POLICE],
        provenance: [{ sourceId: SOURCE, paragraphs: [3, 4] }],
      },
    ]);

    const second = await importFile(file);
    expect(second.code).toBe(0);
    expect(second.summary).toMatchObject({ rows: 2, accepted: 0, already: 2 });
    expect(await figures('Tờ rơi đủ dấu')).toEqual(written);
    expect(existsSync(`${file}.progress.json`)).toBe(false);
  });

  it('may have semicolons between its cells', async () => {
    const content = [HEADER, line('Dấu chấm phẩy', '7')].join('\n').replaceAll(',', ';');
    const { code } = await importFile(await fileOf('semicolon.csv', content));
    expect(code).toBe(0);
    expect(await figures('Dấu chấm phẩy')).toMatchObject([{ measure: { value: 7 } }]);
  });

  it('gives back refused rows with their reasons; mended and sent again, they are in', async () => {
    const file = await fileOf(
      'partly.csv',
      Buffer.concat([
        Buffer.from(
          [
            HEADER,
            line('Hỏng một', '1'),
            line('Hỏng hai', '1.447'),
            line('Hỏng ba', '"1,57"'),
            line('Hỏng bốn', '4', { metric: 'NO_SUCH' }),
            line('"Hỏng năm', '5'),
            line('Hỏng sáu', '6'),
            'LEAFLETS,Hỏng bảy',
            line('=HYPERLINK(1)', 'x'),
            '',
          ].join('\n'),
        ),
        Buffer.from(line('H\xE9', '8'), 'latin1'),
        Buffer.from(`\n${line('Hỏng chín', '9')}\n`),
      ]),
    );
    const report = join(folder, 'partly.report.ndjson');
    const { code, summary } = await importFile(file, ['--report', report, '--batch', '4']);
    expect(code).toBe(1);
    expect(summary).toMatchObject({ rows: 10, accepted: 3, already: 0, refused: 7 });
    expect(summary.reasons).toEqual([
      {
        code: 'INVALID',
        field: 'measure.value',
        message:
          '"1.447" can be read in two ways: write 1447, or 1.4470 where the dot is a decimal point',
        rows: 1,
        firstLine: 3,
      },
      {
        code: 'INVALID',
        field: 'measure.value',
        message:
          '"1,57" can be read in two ways: write numbers without commas, such as 1447 or 1.5',
        rows: 1,
        firstLine: 4,
      },
      {
        code: 'NOT_FOUND',
        field: 'metricCode',
        message: 'there is no metric NO_SUCH',
        rows: 1,
        firstLine: 5,
      },
      {
        code: 'INVALID',
        field: '',
        message: 'has a quotation mark that is not closed',
        rows: 1,
        firstLine: 6,
      },
      {
        code: 'INVALID',
        field: '',
        message: 'has 2 cells where 9 are named',
        rows: 1,
        firstLine: 8,
      },
      {
        code: 'INVALID',
        field: 'measure.value',
        message: 'must be a plain number such as 1447; got "x"',
        rows: 1,
        firstLine: 9,
      },
      {
        code: 'INVALID',
        field: '',
        message: 'is not UTF-8: save the file as UTF-8 and send the row again',
        rows: 1,
        firstLine: 10,
      },
    ]);
    expect((await figures('Hỏng')).map(({ name }) => (name as { vi: string }).vi)).toEqual([
      'Hỏng một',
      'Hỏng sáu',
      'Hỏng chín',
    ]);
    const lines = (await readFile(report, 'utf8')).trim().split('\n');
    expect(lines.map((each) => JSON.parse(each) as unknown)).toMatchObject([
      { line: 2, status: 'ACCEPTED', id: 'out-hong-mot', errors: [] },
      { line: 3, status: 'REFUSED' },
      { line: 4, status: 'REFUSED' },
      {
        line: 5,
        status: 'REFUSED',
        id: null,
        errors: [{ code: 'NOT_FOUND', field: 'metricCode' }],
      },
      { line: 6, status: 'REFUSED' },
      { line: 7, status: 'ACCEPTED' },
      { line: 8, status: 'REFUSED' },
      { line: 9, status: 'REFUSED' },
      { line: 10, status: 'REFUSED' },
      { line: 11, status: 'ACCEPTED' },
    ]);

    expect(summary.refusedFile).toBe(`${file}.refused.csv`);
    const refused = await readFile(`${file}.refused.csv`, 'utf8');
    const [head, two, three, ...others] = refused.trimEnd().split('\r\n');
    expect(head).toBe(`${HEADER},_errors`);
    expect(two).toContain(
      `LEAFLETS,Hỏng hai,1.447,EXACT,1.447,2024,${POLICE},${SOURCE},3|4,"measure.value: `,
    );
    expect(three).toContain('Hỏng ba,"1,57",EXACT');
    // No spreadsheet takes it for a formula.
    expect(others).toContainEqual(expect.stringContaining(",'=HYPERLINK(1),x,"));

    const mended = refused
      .replace('Hỏng hai,1.447,', 'Hỏng hai,1447,')
      .replace('Hỏng ba,"1,57"', 'Hỏng ba,157')
      .replace('NO_SUCH', 'LEAFLETS')
      .replace("'=HYPERLINK(1),x,", "'=HYPERLINK(1),1000,");
    const again = await importFile(await fileOf('partly.csv.refused.csv', mended));
    expect(again.code).toBe(1);
    expect(again.summary).toMatchObject({
      rows: 7,
      accepted: 4,
      refused: 3,
      refusedFile: `${file}.refused-2.csv`,
    });
    expect(await figures('=HYPERLINK')).toMatchObject([{ name: { vi: '=HYPERLINK(1)' } }]);
    expect(await figures('Hỏng hai')).toMatchObject([{ measure: { value: 1447 } }]);
    // What had to be mended is left as it was.
    expect(await readFile(`${file}.refused.csv`, 'utf8')).toBe(mended);
  });

  it('may be looked at first: a dry run writes nothing', async () => {
    const file = await fileOf('dry.csv', [HEADER, line('Thử', '1'), line('Thử', '1,5')].join('\n'));
    const { code, summary } = await importFile(file, ['--dry-run']);
    expect(code).toBe(1);
    expect(summary).toMatchObject({ accepted: 1, refused: 1, dryRun: true, refusedFile: null });
    expect(await figures('Thử')).toEqual([]);
    expect(existsSync(`${file}.refused.csv`)).toBe(false);
  });
});

/** One figure as a line of NDJSON. */
const json = (name: string, value: unknown) =>
  JSON.stringify({
    metricCode: 'LEAFLETS',
    name: { vi: name },
    measure: { value, qualifier: 'EXACT', asPrinted: String(value) },
    period: { from: '2024' },
    contributorIds: [POLICE],
    provenance: [cited()],
  });

it('an NDJSON file is imported likewise', async () => {
  const rows = [
    json('Dòng một', 1),
    json('Dòng hai', '2'),
    '{"broken": ',
    '',
    '[1]',
    json('Dòng ba', 3),
  ];
  const file = await fileOf('rows.ndjson', rows.join('\n'));
  const { code, summary } = await importFile(file);
  expect(code).toBe(1);
  expect(summary).toMatchObject({ rows: 5, accepted: 2, refused: 3 });
  expect(await figures('Dòng')).toMatchObject([
    { name: { vi: 'Dòng một' } },
    { name: { vi: 'Dòng ba' } },
  ]);

  const refused = (await readFile(`${file}.refused.ndjson`, 'utf8')).trim().split('\n');
  const [two, broken, list] = refused.map((each) => JSON.parse(each) as Record<string, unknown>);
  expect(two).toEqual({
    ...(JSON.parse(json('Dòng hai', '2')) as object),
    _errors: ['measure.value: Float cannot represent non numeric value: "2" (INVALID)'],
  });
  expect(broken).toMatchObject({ _line: '{"broken":' });
  expect(list).toEqual({
    _line: '[1]',
    _errors: ['must be a JSON object, one on each line (INVALID)'],
  });

  const mended = { ...two, measure: { value: 2, qualifier: 'EXACT', asPrinted: '2' } };
  const again = await importFile(await fileOf('mended.ndjson', JSON.stringify(mended)));
  expect(again).toMatchObject({ code: 0, summary: { accepted: 1 } });
});

describe('broken off', () => {
  const ROWS = 120;
  const many = (name: string) =>
    [
      HEADER,
      ...Array.from({ length: ROWS }, (_, index) =>
        // Every tenth is refused.
        line(`${name} ${index}`, index % 10 ? String(index) : '1.000'),
      ),
    ].join('\n');

  async function breakOff(file: string, signal: 'SIGKILL' | 'SIGINT') {
    const script = startScript('scripts/import.ts', { ANTQ_KEY: keys.keys.police }, [
      ...flagsFor(file, ['--batch', '4']),
    ]);
    await expect
      .poll(() => existsSync(`${file}.progress.json`), { interval: 5, timeout: 60_000 })
      .toBe(true);
    script.process.kill(signal);
    return { ended: await script.ended, output: script.output() };
  }

  const refusedNames = async (file: string) =>
    (await readFile(file, 'utf8'))
      .split('\r\n')
      .flatMap((each) => /,([^,]* \d+),1\.000/.exec(each)?.[1] ?? []);

  it('by kill -9, the next run goes on: nothing is lost and nothing there twice', async () => {
    const file = await fileOf('killed.csv', many('Bị giết'));
    expect((await breakOff(file, 'SIGKILL')).ended).toBe('SIGKILL');
    const { line: reached } = JSON.parse(await readFile(`${file}.progress.json`, 'utf8')) as {
      line: number;
    };
    expect(reached).toBeGreaterThan(1);
    expect(reached).toBeLessThan(ROWS);

    const { code, stdout, stderr } = await run(flagsFor(file));
    expect(stderr).toContain(`goes on at line ${reached}`);
    expect(code).toBe(1);
    const summary = JSON.parse(stdout) as Summary;
    expect(summary).toMatchObject({ rows: ROWS, refused: ROWS / 10, isWhole: true });
    // A batch may have been written that nobody could note any more.
    expect(summary.accepted + summary.already).toBe(ROWS - ROWS / 10);
    expect(summary.already).toBeLessThanOrEqual(4);

    const values = (await figures('Bị giết')).map(
      ({ measure }) => (measure as { value: number }).value,
    );
    const all = Array.from({ length: ROWS }, (_, index) => index);
    expect(values).toEqual(all.filter((index) => index % 10));
    expect(await refusedNames(`${file}.refused.csv`)).toEqual(
      all.filter((index) => index % 10 === 0).map((index) => `Bị giết ${index}`),
    );
  });

  it('by Ctrl-C, it ends after the batch and says how to go on; a changed file begins anew', async () => {
    const file = await fileOf('stopped.csv', many('Bị dừng'));
    const { ended, output } = await breakOff(file, 'SIGINT');
    expect(ended).toBe(3);
    expect(output).toContain('"stopped": "it was told to stop"');
    const before = await figures('Bị dừng');

    await writeFile(file, many('Bị dừng').replace('Bị dừng 1,1,', 'Bị dừng 1,1001,'));
    const { stdout, stderr } = await run(flagsFor(file));
    expect(stderr).toContain(
      'begins anew: an earlier run was broken off, but the file has changed since',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      rows: ROWS,
      already: before.length - 1,
      refused: ROWS / 10,
    });
    expect(await figures('Bị dừng')).toHaveLength(ROWS - ROWS / 10 + 1);
  });
});

describe('ends at once with 2 when', () => {
  it.each<[string, () => Promise<string[]>, string]>([
    ['a flag is missing', async () => ['--file', 'x.csv'], '--kind is missing'],
    ['there is no file', async () => flagsFor(join(folder, 'none.csv')), 'There is no file'],
    [
      'the kind is unknown',
      async () => [...flagsFor(await fileOf('kind.csv', HEADER)), '--kind', 'person'],
      '--kind must be one of',
    ],
    [
      'a column is unknown',
      async () => flagsFor(await fileOf('column.csv', `${HEADER},measure.sum`)),
      'There is no field for the column "measure.sum".',
    ],
    [
      'a column is missing',
      async () => flagsFor(await fileOf('missing.csv', 'metricCode,name.vi,measure.value')),
      'There is no column for period, provenance.',
    ],
    [
      'the file is UTF-16',
      async () => flagsFor(await fileOf('utf16.csv', Buffer.from(`\uFEFF${HEADER}`, 'utf16le'))),
      'is UTF-16: save it as "CSV UTF-8"',
    ],
    [
      'the key is that of another agency',
      async () => [...flagsFor(await fileOf('agency.csv', HEADER)), '--agency', 'org-bo-cong-an'],
      `This key is that of ${POLICE}, not of org-bo-cong-an`,
    ],
    [
      'the key is unknown',
      async () => [...flagsFor(await fileOf('key.csv', HEADER)), '--key', 'nonsense'],
      '(UNAUTHENTICATED)',
    ],
  ])('%s', async (_what, flags, message) => {
    const { code, stderr } = await run(await flags());
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('a network with faults', () => {
  /** Passes requests on to the graph, unless `fault` answers with a status; null breaks the connection off. */
  async function startFaulty(fault: (rows: number) => number | null | undefined) {
    const server = createServer((incoming, outgoing) => {
      void text(incoming).then(async (body) => {
        const { variables } = JSON.parse(body) as { variables: { rows: unknown[] } };
        const status = fault(variables.rows.length);
        if (status === null) return incoming.socket.destroy();
        if (status !== undefined) return outgoing.writeHead(status).end('no JSON');
        const { authorization = '' } = incoming.headers;
        const headers = { 'content-type': 'application/json', authorization };
        const answer = await fetch(graph.url, { method: 'POST', headers, body });
        return outgoing.writeHead(answer.status).end(await answer.text());
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
  }

  const rowsOf = (name: string) =>
    [
      HEADER,
      ...Array.from({ length: 8 }, (_, index) => line(`${name} ${index}`, String(index))),
    ].join('\n');

  it('is no reason to stop: it is asked again', async () => {
    const faults = [503, null, 502, undefined, null, 429];
    const faulty = await startFaulty(() => faults.shift());
    const file = await fileOf('faulty.csv', rowsOf('Mạng lỗi'));
    const { code, summary } = await importFile(file, ['--url', faulty.url, '--batch', '3']);
    faulty.close();
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    expect(summary).toMatchObject({ rows: 8, accepted: 8 });
    expect(await figures('Mạng lỗi')).toHaveLength(8);
  });

  it.each([504, 413])('that answers %i to what is too much gets less at once', async (status) => {
    const faulty = await startFaulty((rows) => (rows > 2 ? status : undefined));
    const file = await fileOf(`much-${status}.csv`, rowsOf(`Quá nhiều ${status}`));
    const { code, summary } = await importFile(file, ['--url', faulty.url]);
    faulty.close();
    expect(code).toBe(0);
    expect(summary).toMatchObject({ rows: 8, accepted: 8 });
  });
});

it('a server that is away is waited for; then it ends with 3 and says how to go on', async () => {
  const file = await fileOf('away.csv', [HEADER, line('Vắng', '1')].join('\n'));
  const flags = [...flagsFor(file, ['--wait', '1']), '--url', 'http://127.0.0.1:9/graphql'];
  const { code, stderr, stdout } = await run(flags.filter((flag) => flag !== '--json'));
  expect(code).toBe(3);
  expect(stderr).toContain('again in 0.3 s');
  expect(stdout).toContain('It could not go on: http://127.0.0.1:9/graphql does not answer');
  expect(stdout).toContain('Run the same command again');
});

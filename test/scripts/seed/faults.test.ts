import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { seedFacts } from '../../../scripts/seed/seedFacts.ts';
import { subgraphs } from '../../../subgraphs/index.ts';
import { UserError } from '../../../subgraphs/shared/UserError.ts';
import { copyDataSet, type RawRecord } from '../../helpers/dataSetCopy.ts';
import { connectDatabases, dump } from '../../helpers/databases.ts';

/** A fault in the data set is one clear error that names record and field, and nothing is written. */

let databases: Awaited<ReturnType<typeof connectDatabases>>;
let copy: Awaited<ReturnType<typeof copyDataSet>>;

beforeAll(async () => {
  databases = await connectDatabases();
});

beforeEach(async () => {
  copy = await copyDataSet();
});

afterEach(() => copy.remove());
afterAll(() => databases?.close());

/** Seeds the changed copy; gives the lines of the error. */
async function faults(): Promise<string[]> {
  const error: unknown = await seedFacts(subgraphs, () => {}, copy.folder).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message, hints } = error as UserError;
  return hints.length ? [...hints] : [message];
}

const changeOne = (file: string, id: string, change: Partial<RawRecord>) =>
  copy.change(file, (records) => {
    const record = records.find((each) => each.id === id || each['place'] === id);
    if (!record) throw new Error(`${file} has no ${id}`);
    Object.assign(record, change);
  });

const one = 'rec-dt-ky-niem-chuong';

it.each<[string, string, string, Partial<RawRecord>, RegExp]>([
  [
    'a reference to no record',
    'recognitions',
    one,
    { campaign: 'ed-x' },
    /^rec-dt-ky-niem-chuong campaign: there is no record ed-x$/,
  ],
  [
    'a reference within a list',
    'recognitions',
    one,
    { presentedBy: ['person-to-lam', 'person-x'] },
    /^rec-dt-ky-niem-chuong presentedBy\[1\]: there is no record person-x$/,
  ],
  [
    'a missing field',
    'recognitions',
    one,
    { nameVi: undefined },
    /^facts\/recognitions\.json: rec-dt-ky-niem-chuong nameVi: .*received undefined/,
  ],
  [
    'a wrong enum value',
    'recognitions',
    one,
    { forms: ['HUAN_CHUONG', 'KHEN'] },
    /^facts\/recognitions\.json: rec-dt-ky-niem-chuong forms\.1: Invalid option: expected one of "HUAN_CHUONG"/,
  ],
  [
    'a field that nobody knows',
    'recognitions',
    one,
    { colour: 'red' },
    /^facts\/recognitions\.json: rec-dt-ky-niem-chuong: .*"colour"/,
  ],
  [
    'text in Unicode form NFD',
    'recognitions',
    one,
    { nameVi: 'Kỷ niệm chương'.normalize('NFD') },
    /^facts\/recognitions\.json: rec-dt-ky-niem-chuong nameVi: must be in Unicode form NFC$/,
  ],
  [
    'a day that the calendar does not have',
    'recognitions',
    one,
    { conferredOn: '2021-02-30' },
    /^facts\/recognitions\.json: rec-dt-ky-niem-chuong conferredOn: must be YYYY, YYYY-MM or YYYY-MM-DD of the calendar$/,
  ],
  [
    'a number as text',
    'outcomes',
    'out-tb-sung',
    { value: '73' },
    /^facts\/outcomes\.json: out-tb-sung value: .*expected number/,
  ],
  [
    'a paragraph below 1',
    'outcomes',
    'out-tb-sung',
    {
      provenance: [
        {
          source: 'src-bao-thai-binh-2022-02-21',
          quoteLocator: { paragraphs: [0], section: 'body' },
        },
      ],
    },
    /^facts\/outcomes\.json: out-tb-sung provenance\.0\.quoteLocator\.paragraphs\.0: /,
  ],
  [
    'an id that is none',
    'models',
    'mdl-dan-van-kheo',
    { id: 'Dân vận khéo' },
    /^facts\/models\.json: Dân vận khéo id: must be an identifier such as org-bo-cong-an$/,
  ],
  [
    'an id given twice',
    'models',
    'mdl-dan-van-kheo',
    { id: 'mdl-cau-lac-bo-xe-om' },
    /^mdl-cau-lac-bo-xe-om: two records have this id$/,
  ],
  [
    'an id given to records of two kinds',
    'models',
    'mdl-dan-van-kheo',
    { id: 'out-tb-sung' },
    /^out-tb-sung: two records have this id$/,
  ],
  [
    'a count of people under five',
    'outcomes',
    'out-hnct-nguoi-vuot-bien',
    { value: 4 },
    /^out-hnct-nguoi-vuot-bien value: it counts 4 people, and a figure under 5 could describe a person$/,
  ],
  [
    'a count of people in one commune',
    'outcomes',
    'out-hnct-nguoi-vuot-bien',
    { place: 'place-xa-hung-my' },
    /^out-hnct-nguoi-vuot-bien place: it counts people in one commune, /,
  ],
  [
    'a statement that is part of itself',
    'recognitions',
    'rec-tth-2011-tong',
    { breakdownOf: 'rec-tth-2011-co-thi-dua' },
    /^rec-tth-2011-\S+ breakdownOf: it is part of itself$/,
  ],
  [
    'a figure that is part of itself',
    'outcomes',
    'out-tb-sung',
    { subsetOf: 'out-tb-sung' },
    /^out-tb-sung subsetOf: it is part of itself$/,
  ],
  [
    'a place that lies within itself',
    'places',
    'place-viet-nam',
    { parent: 'place-tinh-thai-binh' },
    /^place-\S+ parent: it lies within itself$/,
  ],
  [
    'a rival that does not know of it',
    'recognitions',
    'rec-dt-giay-khen-chu-tich-huyen-a',
    { conflictsWith: undefined },
    /^rec-dt-giay-khen-chu-tich-huyen-a conflictsWith: it does not name rec-dt-giay-khen-chu-tich-huyen-b, which names it$/,
  ],
  [
    'an entry of the register for no place',
    'place-enrichment',
    'place-tinh-thai-binh',
    { place: 'place-x' },
    /^place-enrichment\.json: there is no place place-x$/,
  ],
  [
    'a successor of no known kind',
    'place-enrichment',
    'place-tinh-thai-binh',
    { successors2025: ['Hưng Yên'] },
    /^place-enrichment\.json successors2025: «Hưng Yên» begins with no known word/,
  ],
  [
    'an entry of the register with a field too many',
    'place-enrichment',
    'place-tinh-thai-binh',
    { population: 1 },
    /^place-enrichment\.json: place-tinh-thai-binh: .*"population"/,
  ],
])('%s', async (_name, file, id, change, message) => {
  await changeOne(file, id, change);
  expect(await faults()).toEqual([expect.stringMatching(message)]);
});

it('all faults are told at once', async () => {
  await changeOne('recognitions', one, { campaign: 'ed-x', event: 'evt-x' });
  await changeOne('models', 'mdl-dan-van-kheo', { operator: 'org-x' });
  expect(await faults()).toEqual([
    'mdl-dan-van-kheo operator: there is no record org-x',
    'rec-dt-ky-niem-chuong campaign: there is no record ed-x',
    'rec-dt-ky-niem-chuong event: there is no record evt-x',
  ]);
});

it.each([
  ['a file that is no JSON', '{ "file": ', /models\.json cannot be read: /],
  [
    'a file of another name',
    '{ "file": "outcomes", "schemaVersion": 1, "records": [] }',
    /^facts\/models\.json: file: /,
  ],
  [
    'a file without records',
    '{ "file": "models", "schemaVersion": 1 }',
    /^facts\/models\.json: records: /,
  ],
  ['a file that is null', 'null', /^facts\/models\.json: /],
  [
    'a file of a later version',
    '{ "file": "models", "schemaVersion": 2, "records": [] }',
    /^facts\/models\.json: schemaVersion: /,
  ],
])('%s', async (_name, text, message) => {
  await copy.write('models', text);
  expect(await faults()).toEqual([expect.stringMatching(message)]);
});

it('a folder without the files', async () => {
  await copy.remove();
  await expect(seedFacts(subgraphs, () => {}, copy.folder)).rejects.toThrow(
    /\.json cannot be read: ENOENT/,
  );
  copy = await copyDataSet();
});

it('none of them wrote anything', async () => {
  const documents = Object.values(await dump()).flatMap((collection) => collection.documents);
  expect(documents).toEqual([]);
});

it('the copy itself has none', async () => {
  await seedFacts(subgraphs, () => {}, copy.folder);
  expect((await dump())['recognitions.recognitions']?.documents).toHaveLength(18);
});

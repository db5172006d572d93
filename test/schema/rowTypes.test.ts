import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRowTypes } from '../../scripts/schema/rowTypes.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowTypes-'));
  const files = {
    'places/models/Place.ts': 'export type PlaceRow = object;\nexport interface SiteRow {}\n',
    'places/models/Person.ts': 'export const PersonModel = 1;\ntype PersonRow = object;\n',
    'places/__generated__/types.ts': 'export type RiverRow = object;\n',
    'shared/values.ts': 'export type MeasureRow = object;\nexport type SiteRow = object;\n',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function rowTypesOf(sdl: string) {
  const found = findRowTypes(pathToFileURL(join(folder, 'places/')), parse(sdl));
  return Object.fromEntries(
    [...found].map(([name, { type, imports }]) => [name, [type, Object.fromEntries(imports)]]),
  );
}

describe('findRowTypes', () => {
  it('finds the row that a model exports, for an interface and the types that implement it', () => {
    const place = ['PlaceRow', { PlaceRow: '../models/Place.ts' }];
    expect(
      rowTypesOf(
        'interface Place { x: Int } type City implements Place { x: Int } type Other { x: Int }',
      ),
    ).toEqual({ Place: place, City: place });
  });

  it('finds rows of shared values, unless the subgraph has its own', () => {
    expect(rowTypesOf('type Measure { x: Int } type Site { x: Int }')).toEqual({
      Measure: ['MeasureRow', { MeasureRow: '../../shared/values.ts' }],
      Site: ['SiteRow', { SiteRow: '../models/Place.ts' }],
    });
  });

  it('finds pages of rows', () => {
    expect(rowTypesOf('type PlaceConnection { x: Int } type OtherConnection { x: Int }')).toEqual({
      PlaceConnection: [
        'Connection<PlaceRow>',
        { PlaceRow: '../models/Place.ts', Connection: '../../shared/connection.ts' },
      ],
    });
  });

  it('takes an entity without exported rows for a reference, if it is keyed by id', () => {
    expect(
      rowTypesOf(`
        type Person @key(fields: "id") { id: ID }
        type River @key(fields: "id") { id: ID }
        type Metric @key(fields: "code") { code: ID }
      `),
    ).toEqual({
      Person: ['Reference', { Reference: '../../shared/types.ts' }],
      River: ['Reference', { Reference: '../../shared/types.ts' }],
    });
  });
});

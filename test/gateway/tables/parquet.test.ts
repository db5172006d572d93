import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import type { Cell, ColumnType } from '../../../gateway/tables/Column.ts';
import { parquet } from '../../../gateway/tables/formats/parquet.ts';

const valuesOf: Record<ColumnType, fc.Arbitrary<Cell>> = {
  integer: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  number: fc.double({ noNaN: true }),
  boolean: fc.boolean(),
  string: fc.string({ unit: 'binary' }),
};

const cellsOf = (type: ColumnType, listDepth: number): fc.Arbitrary<Cell> =>
  fc.option(
    listDepth === 0 ? valuesOf[type] : fc.array(cellsOf(type, listDepth - 1), { maxLength: 4 }),
  );

const tables = fc
  .array(
    fc.record({
      type: fc.constantFrom<ColumnType>('integer', 'number', 'boolean', 'string'),
      listDepth: fc.nat({ max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((kinds) =>
    fc.record({
      columns: fc.constant(
        kinds.map((kind, index) => ({
          ...kind,
          name: `column.${index}`,
          isRequired: false,
          description: '',
        })),
      ),
      parts: fc.array(
        fc.array(fc.tuple(...kinds.map(({ type, listDepth }) => cellsOf(type, listDepth))), {
          maxLength: 12,
        }),
        { maxLength: 3 },
      ),
    }),
  );

test('what a reader of Parquet finds is what was written: nulls, empty lists, lists of lists', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ columns, parts }) => {
      const writer = parquet.write(columns);
      const written = [writer.begin(), ...parts.map((rows) => writer.rows(rows)), writer.end()];
      const { buffer: file } = new Uint8Array(
        Buffer.concat(written.map((part) => Buffer.from(part))),
      );
      const rows = parts.flat();
      expect(await parquetReadObjects({ file })).toEqual(
        rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]))),
      );
    }),
    { numRuns: 300 },
  );
});

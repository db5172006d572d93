import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Column, Row } from '../Column.ts';
import { toText } from './csv.ts';
import type { TableFormat } from './TableFormat.ts';

/** So many rows are held, and written as one group. */
const GROUP = 10_000;

const elements: Record<Column['type'], Omit<SchemaElement, 'name'>> = {
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/**
 * Apache Parquet, written by hyparquet-writer (no native code). Several values of one cell are one text. What can't be
 * finished has no footer: every reader refuses it.
 */
export const parquet: TableFormat = {
  extension: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  write(columns) {
    const target = new Drain();
    const schema = [
      { name: 'table', num_children: columns.length },
      ...columns.map(({ name, type, isList }): SchemaElement => ({
        name,
        repetition_type: 'OPTIONAL',
        ...elements[isList ? 'string' : type],
      })),
    ];
    const writer = new ParquetWriter({ writer: target, schema });
    let held: Row[] = [];
    const writeHeld = () => {
      if (held.length === 0) return;
      const columnData = columns.map(({ name, type, isList }, index) => ({
        name,
        data: held.map((row) => {
          const cell = row[index] ?? null;
          return cell !== null && (isList || type === 'string') ? String(toText(cell)) : cell;
        }),
      }));
      void writer.write({ columnData, rowGroupSize: GROUP });
      held = [];
    };
    return {
      begin: () => target.drain(),
      rows(rows) {
        held.push(...rows);
        if (held.length >= GROUP) writeHeld();
        return target.drain();
      },
      end() {
        writeHeld();
        void writer.finish();
        return target.drain();
      },
      fail: () => '',
    };
  },
};

/** Gives what was written since it was last asked. */
class Drain extends ByteWriter {
  drain(): Uint8Array {
    const written = new Uint8Array(this.getBuffer());
    this.index = 0;
    return written;
  }
}

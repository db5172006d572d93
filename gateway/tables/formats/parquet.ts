import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Cell, ColumnType, Row } from '../Column.ts';
import { toText } from './csv.ts';
import type { TableFormat } from './TableFormat.ts';

/** So many rows are held, and written as one group. */
const GROUP = 10_000;

const elements: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/**
 * Apache Parquet, written by hyparquet-writer (no native code). Several values of one cell are a list. What can't be
 * finished has no footer: every reader refuses it.
 */
export const parquet: TableFormat = {
  extension: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  write(columns) {
    const target = new Drain();
    const schema = [
      { name: 'table', num_children: columns.length },
      ...columns.flatMap(({ name, type, listDepth }) => schemaOf(name, type, listDepth)),
    ];
    const writer = new ParquetWriter({ writer: target, schema });
    let held: Row[] = [];
    const writeHeld = () => {
      if (held.length === 0) return;
      const columnData = columns.map(({ name, type, listDepth }, index) => ({
        name,
        data: held.map((row) => toValue(row[index] ?? null, type, listDepth)),
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

/**
 * A column, in lists that are each a group of three levels:
 * https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists
 */
function schemaOf(name: string, type: ColumnType, listDepth: number): SchemaElement[] {
  if (listDepth === 0) return [{ name, repetition_type: 'OPTIONAL', ...elements[type] }];
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...schemaOf('element', type, listDepth - 1),
  ];
}

function toValue(cell: Cell, type: ColumnType, listDepth: number): unknown {
  if (cell === null) return null;
  if (listDepth > 0 && typeof cell === 'object') {
    return cell.map((each) => toValue(each, type, listDepth - 1));
  }
  return type === 'string' ? String(toText(cell)) : cell;
}

/** Gives what was written since it was last asked. */
class Drain extends ByteWriter {
  drain(): Uint8Array {
    const written = new Uint8Array(this.getBuffer());
    this.index = 0;
    return written;
  }
}

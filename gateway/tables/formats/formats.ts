import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { parquet } from './parquet.ts';
import type { TableFormat } from './TableFormat.ts';

/** The forms in which tables are taken away. */
export const formats: readonly TableFormat[] = [csv, ndjson, json, parquet];

/** Without its parameters, such as the character set. */
export const plainMediaType = ({ mediaType }: TableFormat): string =>
  mediaType.split(';')[0] ?? mediaType;

export const findFormat = (extension: string): TableFormat | undefined =>
  formats.find((format) => format.extension === extension);

import { toJson } from './ndjson.ts';
import type { TableFormat } from './TableFormat.ts';

/** One JSON list of objects. Where it can't be finished it has no end, so that no reader takes it for whole. */
export const json: TableFormat = {
  extension: 'json',
  mediaType: 'application/json; charset=utf-8',
  write(columns) {
    let isFirst = true;
    return {
      begin: () => '[',
      rows(rows) {
        const text = rows.map((row) => `\n${toJson(row, columns)}`).join(',');
        if (!text) return '';
        const separated = isFirst ? text : `,${text}`;
        isFirst = false;
        return separated;
      },
      end: () => '\n]\n',
      fail: (message) =>
        `${isFirst ? '' : ','}\n${JSON.stringify({ error: message, isComplete: false })}\n`,
    };
  },
};

import type { FastifyInstance, FastifyReply } from 'fastify';
import { print, type GraphQLSchema } from 'graphql';
import { definePage } from '../http/definePage.ts';
import { escape, small } from '../http/html.ts';
import type { SavedOperation } from '../operations/SavedOperation.ts';
import { tablesOf } from './describeTables.ts';
import { formats } from './formats/formats.ts';
import type { Table } from './Table.ts';
import type { ReadTable } from './rememberTables.ts';
import { tablePath, TABLES_PATH } from './tablePath.ts';

export interface TablesPageSettings {
  schema: GraphQLSchema;
  operations: readonly SavedOperation[];
  read: ReadTable;
}

const send = definePage(
  TABLES_PATH,
  `
.formats { display: flex; flex-wrap: wrap; gap: .5rem; margin: .6rem 0 }
.formats a { border: 1px solid var(--line); border-radius: 6px; padding: .1rem .7rem; text-decoration: none }
summary { cursor: pointer }
table { font-size: .9rem; margin-top: .5rem }
`,
);

/** Sends what tables there are as a page. */
export function sendTablesPage(
  app: FastifyInstance,
  reply: FastifyReply,
  { operations, schema, read }: TablesPageSettings,
): FastifyReply {
  const tables = tablesOf(schema, operations, read).map(({ operation, table }) =>
    section(operation, table),
  );
  return send(app, reply, {
    title: 'Bảng dữ liệu',
    heading: `Bảng dữ liệu ${small('Tables')}`,
    main: `<p>Mỗi bảng là một truy vấn đã lưu; tải về để mở bằng Excel, pandas hoặc R. ${small('Each table is a saved query; take it away for Excel, pandas or R. Add <code>?provenance=true</code> to see where each record was printed.')}</p>
${tables.join('\n')}`,
  });
}

function section(
  { name, title, description, variables = {} }: SavedOperation,
  table: Table,
): string {
  const example = new URLSearchParams();
  for (const [key, value] of Object.entries(variables)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      example.append(key, typeof each === 'string' ? each : JSON.stringify(each));
    }
  }
  const search = example.size ? `?${example.toString()}` : '';
  const parameters = table.variables
    .map(({ variable, type }) => `<code>${variable.name.value}</code> ${escape(print(type))}`)
    .join(', ');
  return `<section id="${name}">
<h2>${escape(title?.vi ?? name)} ${small(escape(title?.en ?? ''))}</h2>
<p>${escape(description?.vi ?? '')} ${small(escape(description?.en ?? ''))}</p>
<p class="formats">${formats
    .map(
      ({ extension }) =>
        `<a href="${tablePath(name, extension)}${escape(search)}">${extension.toUpperCase()}</a>`,
    )
    .join(' ')}</p>
${parameters ? `<p>Tham số ${small('Parameters')}: ${parameters}</p>` : ''}
<details><summary>${table.columns.length} cột ${small('columns')}</summary>
<table>${table.columns
    .map(
      (column) =>
        `<tr><th scope="row"><code>${escape(column.name)}</code></th><td>${column.type}${'[]'.repeat(column.listDepth)}</td><td lang="en">${escape(column.description)}</td></tr>`,
    )
    .join('\n')}</table></details>
</section>`;
}

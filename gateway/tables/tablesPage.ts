import { print, type GraphQLSchema } from 'graphql';
import { contentSecurityPolicy, escape, small } from '../http/html.ts';
import type { SavedOperation } from '../operations/SavedOperation.ts';
import { tablesOf } from './describeTables.ts';
import { formats } from './formats/formats.ts';
import type { Table } from './readTable.ts';
import type { ReadTable } from './rememberTables.ts';
import { tablePath } from './tablePath.ts';

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5;
  --soft: light-dark(#5f6368, #a8adb3); --line: light-dark(#dadce0, #3c4043) }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
h2 { font-size: 1.15rem; margin: 0 }
section { border-top: 1px solid var(--line); margin-top: 1.2rem; padding-top: 1.2rem }
p { margin: .3rem 0 }
small { color: var(--soft); font-weight: normal }
code { font-family: ui-monospace, monospace; font-size: .9rem }
.formats a { margin-inline-end: 1rem }
table { border-collapse: collapse; width: 100%; margin-top: .4rem; font-size: .9rem }
th, td { text-align: start; vertical-align: top; padding: .25rem .8rem .25rem 0; border-top: 1px solid var(--line) }
`;

/** What the page of tables may do: see contentSecurityPolicy. */
export const TABLES_POLICY = contentSecurityPolicy(style);

/** Writes what tables there are as a page in Vietnamese and English that needs nothing else. */
export function tablesPage(
  schema: GraphQLSchema,
  operations: readonly SavedOperation[],
  read: ReadTable,
): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bảng dữ liệu · Toàn dân bảo vệ an ninh Tổ quốc</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Bảng dữ liệu ${small('Tables')}</h1>
<p>Mỗi bảng là một truy vấn đã lưu; tải về để mở bằng Excel, pandas hoặc R.</p>
<p lang="en"><small>Each table is a saved query; take it away for Excel, pandas or R. Add <code>?provenance=true</code> to see where each record was printed.</small></p>
${tablesOf(schema, operations, read)
  .map(({ operation, table }) => section(operation, table))
  .join('\n')}
</main>
<footer><p><a href="/">/</a></p></footer>
</body>
</html>
`;
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

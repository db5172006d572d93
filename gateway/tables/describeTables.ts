import { GraphQLError, print, type GraphQLSchema } from 'graphql';
import type { SavedOperation } from '../operations/SavedOperation.ts';
import type { Column } from './Column.ts';
import { formats, plainMediaType } from './formats/formats.ts';
import { OWN_PARAMETERS, type Table } from './Table.ts';
import type { ReadTable } from './rememberTables.ts';
import { tablePath } from './tablePath.ts';

/**
 * Describes all tables as a data package (https://datapackage.org/standard/data-package/), which tools of analysts read.
 * Saved operations that are no tables are left out.
 */
export function describeTables(
  schema: GraphQLSchema,
  operations: readonly SavedOperation[],
  read: ReadTable,
): object {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'antq',
    title: 'Phong trào Toàn dân bảo vệ an ninh Tổ quốc',
    resources: tablesOf(schema, operations, read).map(({ operation, table }) =>
      describeTable(operation, table),
    ),
  };
}

/** The saved operations that are tables. */
export function tablesOf(
  schema: GraphQLSchema,
  operations: readonly SavedOperation[],
  read: ReadTable,
): { operation: SavedOperation; table: Table }[] {
  return operations.flatMap((operation) => {
    try {
      return [{ operation, table: read(schema, operation.document, false) }];
    } catch (error) {
      if (error instanceof GraphQLError) return [];
      throw error;
    }
  });
}

/** Describes one table as a resource of a data package, with what its address takes. */
export function describeTable(operation: SavedOperation, table: Table): object {
  const { name, title, description, variables = {} } = operation;
  return {
    name,
    title: title?.vi ?? name,
    description: description?.vi ?? '',
    'title:en': title?.en ?? name,
    'description:en': description?.en ?? '',
    path: relativePath(name, 'csv'),
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: { fields: table.columns.map(toField), missingValues: [''] },
    alternatives: formats.map((format) => ({
      path: relativePath(name, format.extension),
      mediatype: plainMediaType(format),
    })),
    parameters: [
      ...table.variables.map(({ variable, type, defaultValue }) => ({
        name: variable.name.value,
        type: print(type),
        ...(defaultValue && { default: print(defaultValue) }),
        ...(variable.name.value in variables && { example: variables[variable.name.value] }),
      })),
      ...OWN_PARAMETERS.filter((each) => each === 'provenance' || table.followed).map((each) => ({
        name: each,
        ...ownParameters[each],
      })),
    ],
  };
}

/** A data package wants paths from where it is itself. */
const relativePath = (name: string, extension: string) => tablePath(name, extension).slice(1);

const ownParameters: Record<string, object> = {
  first: { type: 'Int', description: 'One page of so many items of the outermost list; else all.' },
  after: { type: 'String', description: 'Where the page begins: the header Link names the next.' },
  provenance: { type: 'Boolean', description: '`true` adds where each record was printed.' },
};

/** A field of a Table Schema, https://datapackage.org/standard/table-schema/. */
const toField = ({ name, type, listDepth, isRequired, values, description }: Column) => ({
  name,
  type: listDepth ? 'list' : type,
  ...(listDepth > 0 && { delimiter: '; ', itemType: type }),
  ...(description && { description }),
  ...((isRequired || values) && {
    constraints: {
      ...(isRequired && { required: true }),
      ...(values && !listDepth && { enum: values }),
    },
  }),
});

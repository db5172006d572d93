import { GraphQLError, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readTable } from './readTable.ts';
import { type Table } from './Table.ts';
import { tableFault } from './tableFault.ts';

/** Reads a saved document as a table. Throws a GraphQLError that says what speaks against it. */
export type ReadTable = (
  schema: GraphQLSchema,
  document: DocumentNode,
  withProvenance: boolean,
) => Table;

type Outcomes = WeakMap<DocumentNode, Table | GraphQLError>;

/** Reads each saved document once for each schema, with and without provenance. */
export function rememberTables(): ReadTable {
  const known = new WeakMap<GraphQLSchema, { plain: Outcomes; withProvenance: Outcomes }>();
  return (schema, document, withProvenance) => {
    const ofSchema = known.get(schema) ?? { plain: new WeakMap(), withProvenance: new WeakMap() };
    known.set(schema, ofSchema);
    const outcomes = ofSchema[withProvenance ? 'withProvenance' : 'plain'];
    const outcome = outcomes.get(document) ?? read(schema, document, withProvenance);
    outcomes.set(document, outcome);
    if (outcome instanceof GraphQLError) throw outcome;
    return outcome;
  };
}

function read(
  schema: GraphQLSchema,
  document: DocumentNode,
  withProvenance: boolean,
): Table | GraphQLError {
  const [fault] = validate(schema, document);
  if (fault) {
    return tableFault(
      'TABLE_NOT_POSSIBLE',
      `The operation does not fit the graph: ${fault.message}`,
    );
  }
  try {
    return readTable(schema, document, { withProvenance });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

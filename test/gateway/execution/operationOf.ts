import fc from 'fast-check';
import { parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import {
  generateOperation,
  type GeneratedOperation,
  type OperationStyle,
} from './generateOperation.ts';

/** Values that the small graphs know, and names that trip the careless. */
export const style: OperationStyle = {
  values: {
    Int: [1, 0, 2, 3],
    Float: [1.5, 0, -2],
    Boolean: [true, false],
    String: ['HN-1', 'x', ''],
    ID: ['1', 'b1', '3', '2', 'f1', 't2', 'x', 'none', 'e1', 'e2', 'h1', 'n1'],
    Money: [{ amount: 1, currency: 'VND' }, 'free', 7],
  },
  // Names of other fields, of keys among them, and what every object has.
  aliases: ['a', 'id', 'name', 'price', '__typename', '__proto__', 'constructor', 'toString'],
  depth: 4,
};

/** A list of choices, used one after the other; after the last, the plainest. */
export const choices = fc.noBias(
  fc.array(fc.nat(5039), { minLength: 12, maxLength: 64, size: 'max' }),
);

export interface ParsedOperation extends GeneratedOperation {
  document: DocumentNode;
}

/** Makes a valid operation of a list of choices. */
export function operationOf(
  schema: GraphQLSchema,
  chosen: readonly number[],
  inStyle: OperationStyle = style,
): ParsedOperation {
  let next = 0;
  const choose = (count: number) => (chosen[next++] ?? 0) % count;
  const operation = generateOperation(schema, choose, inStyle);
  const document = parse(operation.query, { noLocation: true });
  const faults = validate(schema, document);
  if (faults.length) throw new Error(`not valid: ${operation.query}\n${faults.join('\n')}`);
  return { ...operation, document };
}

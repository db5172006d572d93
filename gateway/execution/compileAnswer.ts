import {
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import type { Answer } from './Answer.ts';
import { AnswerTooLarge, writingWithinLimits } from './answerTooLarge.ts';
import { compileQuickAnswer } from './compileQuickAnswer.ts';
import { innerName, isAboutSchema } from './responseNames.ts';
import { quote, writeLeafOf } from './writeLeaf.ts';

/** Writes a value of an answer as JSON; undefined when null must take the place of what holds it. */
type Write = (value: unknown, answer: Answer) => string | undefined;

/** How an answer is written. */
export interface CompiledAnswer {
  /**
   * Writes the data as JSON from what the subgraphs gave; `null` when null bubbled to the top.
   * @throws AnswerTooLarge when they are longer than an answer may be
   */
  write(data: Record<string, unknown>, answer: Answer): string;
}

/** What an answer is shaped by. */
export interface AnswerShape {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Values of the variables that @skip and @include ask for. */
  conditions: Record<string, unknown>;
  /** How long an answer may be. */
  mostCharacters: number;
}

/**
 * Compiles how an answer is written: its fields in the order in which the operation has them, values
 * checked against their types, and nulls where none may be taken upwards, each with its error.
 * Source: GraphQL specification, October 2021, sections 6.3 (executing selection sets) and 6.4.3 and
 * 6.4.4 (value completion, handling field errors).
 */
export function compileAnswer(shape: AnswerShape): CompiledAnswer {
  const { schema, operation, fragments, conditions } = shape;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no ${operation.operation} type`);
  const fields = collectFields(schema, fragments, conditions, root, operation.selectionSet);
  const write = compileObject(shape, root, fields);
  const writeQuickly = compileQuickAnswer(shape, root, fields);
  return {
    write: (data, answer) =>
      writingWithinLimits(
        () =>
          (answer.errors.kept.length ? undefined : writeQuickly?.(data)) ??
          write(data, answer) ??
          'null',
      ),
  };
}

/** What is asked of the schema itself, as a document of its own. */
function introspectionOf(
  { operation, fragments }: AnswerShape,
  selections: readonly FieldNode[],
): DocumentNode {
  const query = OperationTypeNode.QUERY;
  const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, operation: query, selectionSet }, ...Object.values(fragments)],
  };
}

type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** Writes one field of an object, its name and a comma included. */
type WriteField = (object: Record<string, unknown>, answer: Answer) => string | undefined;

function compileObject(
  shape: AnswerShape,
  type: GraphQLObjectType | GraphQLInterfaceType,
  fields: Fields,
) {
  const writers = [...fields].map(([name, nodes]) => compileField(shape, type, name, nodes));
  return (object: Record<string, unknown>, answer: Answer): string | undefined => {
    let text = '';
    for (const write of writers) {
      const field = write(object, answer);
      if (field === undefined) return undefined;
      text += field;
    }
    return `{${text.slice(1)}}`;
  };
}

function compileField(
  shape: AnswerShape,
  parent: GraphQLObjectType | GraphQLInterfaceType,
  name: string,
  nodes: readonly FieldNode[],
): WriteField {
  const [node] = nodes;
  if (!node) throw new Error(`nothing was asked for as ${name}`);
  const fieldName = node.name.value;
  const key = `,${quote(name)}:`;
  if (fieldName === '__typename') {
    if (isObjectType(parent)) {
      const text = `${key}"${parent.name}"`;
      return () => text;
    }
    return (_object, answer) =>
      answer.missing(`Cannot return null for non-nullable field ${parent.name}.__typename.`, name);
  }
  if (isAboutSchema(node)) {
    const asked = introspectionOf(shape, nodes);
    return (_object, answer) => key + JSON.stringify(answer.introspect(asked)[name] ?? null);
  }
  const field = parent.getFields()[fieldName];
  if (!field) throw new Error(`${parent.name} has no field ${fieldName}`);
  const place = `${parent.name}.${fieldName}`;
  const write = compileValue(shape, field.type, nodes, place);
  const inner = innerName(node);
  // Names such as `constructor` are found on every object.
  const read =
    inner in {}
      ? (object: Record<string, unknown>) => (Object.hasOwn(object, inner) ? object[inner] : null)
      : (object: Record<string, unknown>) => object[inner];
  return (object, answer) => {
    const value = read(object);
    answer.path.push(name);
    const text = write(value, answer);
    answer.path.pop();
    return text === undefined ? undefined : key + text;
  };
}

function compileValue(
  shape: AnswerShape,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  place: string,
): Write {
  if (isNonNullType(type)) {
    const write = compileNullable(shape, type.ofType as GraphQLOutputType, nodes, place);
    const message = `Cannot return null for non-nullable field ${place}.`;
    return (value, answer) =>
      value === null || value === undefined ? answer.missing(message) : write(value, answer);
  }
  const write = compileNullable(shape, type, nodes, place);
  return (value, answer) =>
    value === null || value === undefined ? 'null' : (write(value, answer) ?? 'null');
}

/** The writer of a value that is there. */
function compileNullable(
  shape: AnswerShape,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  place: string,
): Write {
  if (isListType(type)) {
    const writeItem = compileValue(shape, type.ofType as GraphQLOutputType, nodes, place);
    return compileList(writeItem, place, shape.mostCharacters);
  }
  if (isLeafType(type)) {
    const write = writeLeafOf(type);
    const message = `The value of ${place} is no ${type.name}.`;
    return (value, answer) => write(value) ?? answer.invalid(message);
  }
  if (isCompositeType(type)) return compileComposite(shape, type, nodes, place);
  throw new Error(`${place} has a type that no value can have`);
}

function compileList(writeItem: Write, place: string, mostCharacters: number): Write {
  return (value, answer) => {
    if (!Array.isArray(value)) return answer.invalid(`The value of ${place} is no list.`);
    let text = '';
    for (let index = 0; index < value.length; index += 1) {
      answer.path.push(index);
      const item = writeItem(value[index], answer);
      answer.path.pop();
      if (item === undefined) return undefined;
      text += index ? `,${item}` : item;
      if (text.length > mostCharacters) throw new AnswerTooLarge();
    }
    return `[${text}]`;
  };
}

function compileComposite(
  shape: AnswerShape,
  type: GraphQLCompositeType,
  nodes: readonly FieldNode[],
  place: string,
): Write {
  const { schema, fragments, conditions } = shape;
  const writers = new Map<string, ReturnType<typeof compileObject>>();

  const compileFor = (typename: string) => {
    const runtime = schema.getType(typename);
    if (!isObjectType(runtime) && !isInterfaceType(runtime)) return undefined;
    const fits = runtime === type || (!isObjectType(type) && schema.isSubType(type, runtime));
    if (!fits) return undefined;
    const fields = collectSubfields(
      schema,
      fragments,
      conditions,
      // Where only an interface object was asked, an object is known by its interface: conditions
      // on that type hold as they would for a concrete one.
      runtime as GraphQLObjectType,
      nodes,
    );
    const writer = compileObject(shape, runtime, fields);
    writers.set(typename, writer);
    return writer;
  };

  return (value, answer) => {
    if (!isRecord(value)) return answer.invalid(`The value of ${place} is no object.`);
    // An object that does not say its type is of the type that its field has.
    const typename = value['__typename'] ?? type.name;
    const write =
      typeof typename === 'string' ? (writers.get(typename) ?? compileFor(typename)) : undefined;
    if (!write) {
      return answer.invalid(`The value of ${place} is of a type that does not belong there.`);
    }
    return write(value, answer);
  };
}

import {
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import { Code, numbering } from '../../subgraphs/shared/Code.ts';
import { AnswerTooLarge } from './answerTooLarge.ts';
import type { AnswerShape } from './compileAnswer.ts';
import { innerName } from './responseNames.ts';
import { quote, writeLeafOf } from './writeLeaf.ts';

type Data = Record<string, unknown>;

/** Writes data as JSON; undefined when something in them is not as it should be. */
export type WriteQuickly = (data: Data) => string | undefined;

type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** Ends the writing of data that are not as they should be. */
const irregular = new Error('irregular data');

const giveUp = (): never => {
  throw irregular;
};

const tooLarge = (): never => {
  throw new AnswerTooLarge();
};

/**
 * Compiles how an answer is written when all of it is as it should be: a program with one function for each
 * object, that reads and writes each field at once, and keeps no account of where it is. Undefined for
 * what is better left to `compileAnswer`, as every answer with errors is.
 */
export function compileQuickAnswer(
  shape: AnswerShape,
  root: GraphQLObjectType,
  fields: Fields,
): WriteQuickly | undefined {
  const writer = new AnswerWriter(shape);
  let write: (data: Data) => string;
  try {
    write = writer.code.compile(writer.object(root, fields)) as typeof write;
  } catch (error) {
    if (error !== irregular) throw error;
    return undefined;
  }
  return (data) => {
    try {
      return write(data);
    } catch (error) {
      if (error !== irregular) throw error;
      return undefined;
    }
  };
}

/** Writes the program. All of its functions take a value `v` and give its text. */
class AnswerWriter {
  readonly code = new Code();
  private readonly shape: AnswerShape;
  private readonly known = new Map<string, string>();
  private readonly numberOf = numbering<FieldNode>();

  constructor(shape: AnswerShape) {
    this.shape = shape;
  }

  /** The function that writes an object of which so much is asked. */
  object(type: GraphQLObjectType | GraphQLInterfaceType, fields: Fields): string {
    const members = [...fields].map(([name, nodes]) => {
      const key = `${quote(name)}:`;
      const fieldName = nodes[0]?.name.value ?? '';
      if (fieldName === '__typename') return this.typename(type, key);
      const field = type.getFields()[fieldName];
      // What is asked of the schema itself is rare, and so are names that every object has.
      const inner = nodes[0] ? innerName(nodes[0]) : '';
      if (!field || inner in {}) return giveUp();
      return `${JSON.stringify(key)} + ${this.value(field.type, nodes)}(v[${JSON.stringify(inner)}])`;
    });
    return this.code.function('v', `return '{' + ${members.join(` + ',' + `) || "''"} + '}';`);
  }

  private typename(type: GraphQLObjectType | GraphQLInterfaceType, key: string): string {
    if (isObjectType(type)) return JSON.stringify(`${key}"${type.name}"`);
    return `${this.code.constant(giveUp)}()`;
  }

  private value(type: GraphQLOutputType, nodes: readonly FieldNode[]): string {
    const key = isLeaf(type)
      ? String(type)
      : `${String(type)} ${nodes.map((node) => this.numberOf(node)).join()}`;
    const known = this.known.get(key);
    if (known) return known;
    const nullable = isNonNullType(type) ? (type.ofType as GraphQLOutputType) : type;
    const ofNull = nullable === type ? `return 'null';` : `${this.code.constant(giveUp)}();`;
    const name = this.code.function(
      'v',
      `if (v === null || v === undefined) ${ofNull}\n${this.present(nullable, nodes)}`,
    );
    this.known.set(key, name);
    return name;
  }

  private present(type: GraphQLOutputType, nodes: readonly FieldNode[]): string {
    if (isLeafType(type)) return this.leaf(type);
    if (isListType(type)) return this.list(type.ofType as GraphQLOutputType, nodes);
    if (isNonNullType(type)) return giveUp();
    const check = `if (typeof v !== 'object' || Array.isArray(v)) ${this.code.constant(giveUp)}();\n`;
    return check + this.composite(type, nodes);
  }

  private leaf(type: GraphQLLeafType): string {
    const write = writeLeafOf(type);
    const careful = this.code.constant((value: unknown) => write(value) ?? giveUp());
    const isText = type.name === 'String' || type.name === 'ID';
    const quick = isText
      ? `if (typeof v === 'string') return ${this.code.constant(quote)}(v);\n`
      : '';
    return `${quick}return ${careful}(v);`;
  }

  private list(itemType: GraphQLOutputType, nodes: readonly FieldNode[]): string {
    const item = this.value(itemType, nodes);
    return `if (!Array.isArray(v)) ${this.code.constant(giveUp)}();
if (!v.length) return '[]';
let t = '[' + ${item}(v[0]);
for (let n = 1; n < v.length; n += 1) {
  t += ',' + ${item}(v[n]);
  if (t.length > ${this.shape.mostCharacters}) ${this.code.constant(tooLarge)}();
}
return t + ']';`;
  }

  private composite(type: GraphQLCompositeType, nodes: readonly FieldNode[]): string {
    const { schema, fragments, conditions } = this.shape;
    const writers = this.typesOf(type).map((runtime) => {
      // An object may be known by its interface only: see compileAnswer.
      const concrete = runtime as GraphQLObjectType;
      const fields = collectSubfields(schema, fragments, conditions, concrete, nodes);
      return { name: runtime.name, write: this.object(runtime, fields) };
    });
    const cases = writers.map(
      ({ name, write }) => `case ${JSON.stringify(name)}: return ${write}(v);`,
    );
    return `switch (v.__typename ?? ${JSON.stringify(type.name)}) {
${cases.join('\n')}
default: ${this.code.constant(giveUp)}();
}`;
  }

  /** The types that an object can say it has. */
  private typesOf(type: GraphQLCompositeType): (GraphQLObjectType | GraphQLInterfaceType)[] {
    if (isObjectType(type)) return [type];
    const { schema } = this.shape;
    if (isUnionType(type)) return [...schema.getPossibleTypes(type)];
    const { objects, interfaces } = schema.getImplementations(type);
    return [type, ...objects, ...interfaces];
  }
}

const isLeaf = (type: GraphQLOutputType): boolean =>
  isLeafType(isNonNullType(type) ? type.ofType : type);

import {
  defaultTypeResolver,
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { Code, numbering } from './Code.ts';
import { QueryRun, type Place, type QueryResult } from './QueryRun.ts';

/** What a compiled query does not know how to treat; graphql-js does. */
export class Irregular extends Error {}

/** Carries out a query; rejects when something is not as it should be. */
export type RunQuery = (
  context: unknown,
  variables: Record<string, unknown>,
) => Promise<QueryResult>;

/**
 * Compiles a query without conditions, valid for the schema, to a program that carries it out: a function for
 * each object, with the reading of each field written out. It does what the specification says as long as
 * all goes well or resolvers fail. With anything else, such as a value that its type does not have, it
 * rejects: then graphql-js has to carry out the query. Arguments of resolvers are shared between
 * calls, and `info.path` has no indexes of lists. Throws `Irregular` for queries that can't be compiled.
 * Source: GraphQL specification, October 2021, sections 6.3 and 6.4.
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): RunQuery {
  const root = schema.getQueryType();
  if (!root) throw new Irregular('there is no query type');
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const compiler = new QueryCompiler(schema, operation, fragments);
  const fields = collectFields(schema, fragments, {}, root, operation.selectionSet);
  const name = compiler.object(root, fields, { steps: [], nullable: [], nodes: [] });
  const answerRoot = compiler.code.compile(name) as (
    source: unknown,
    run: QueryRun,
  ) => QueryRun['data'];
  return (context, variables) =>
    new Promise((resolve, reject) => {
      const run = new QueryRun(context, variables, resolve, reject);
      run.data = answerRoot(undefined, run);
      run.end();
    });
}

type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** Writes the program. In it, `s` is the object that a field is read from, `v` a value, `r` the run, `i` the indexes. */
class QueryCompiler {
  readonly code = new Code();
  private readonly schema: GraphQLSchema;
  private readonly operation: OperationDefinitionNode;
  private readonly fragments: Record<string, FragmentDefinitionNode>;
  private readonly values = new Map<string, string>();
  private readonly numberOf = numbering<FieldNode>();
  private resolvers = 0;

  constructor(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Record<string, FragmentDefinitionNode>,
  ) {
    this.schema = schema;
    this.operation = operation;
    this.fragments = fragments;
  }

  /** The function (s, r, i) that answers what is asked of an object. */
  object(type: GraphQLObjectType, fields: Fields, place: Place): string {
    const members: string[] = [];
    const calls: string[] = [];
    for (const [name, nodes] of fields) {
      const fieldName = nodes[0]?.name.value ?? '';
      const key = `[${JSON.stringify(name)}]`;
      if (fieldName === '__typename') {
        members.push(`${key}: ${JSON.stringify(type.name)}`);
        continue;
      }
      const field = type.getFields()[fieldName];
      if (!field) throw new Irregular('the schema itself is asked');
      const at = below(place, name, field.type, nodes);
      if (field.resolve) {
        members.push(`${key}: null`);
        calls.push(`${this.resolver(type, nodes, at, key)}(o, s, r, i);`);
      } else {
        const value = place.steps.length ? `s[${JSON.stringify(fieldName)}]` : 'undefined';
        members.push(`${key}: ${this.value(field.type, nodes, at)}(${value}, r, i)`);
      }
    }
    const body = `const o = { ${members.join(', ')} };\n${calls.join('\n')}\nreturn o;`;
    return this.code.function('s, r, i', body);
  }

  /** The function (o, s, r, i) that calls a resolver, and sets what comes of it in the answer `o`. */
  private resolver(
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    place: Place,
    key: string,
  ): string {
    const { code } = this;
    const [node] = nodes;
    const field = node && type.getFields()[node.name.value];
    if (!field) throw new Irregular('there is no such field');
    const number = this.resolvers++;
    const tell = code.constant(this.infoOf(type, field.type, nodes, place));
    const info = `(r.infos[${number}] ??= ${tell}(r))`;
    const dependsOnVariables = JSON.stringify(node.arguments ?? []).includes('"Variable"');
    const read = (run: QueryRun) => getArgumentValues(field, node, run.variables);
    const given = dependsOnVariables
      ? `(r.given[${number}] ??= ${code.constant(read)}(r))`
      : code.constant(getArgumentValues(field, node));
    const value = this.value(field.type, nodes, place);
    return code.function(
      'o, s, r, i',
      `let v;
try {
  v = ${code.constant(field.resolve)}(s, ${given}, r.context, ${info});
} catch (e) {
  r.failed(${code.constant(place)}, i, e);
  return;
}
${this.settled(`o${key} =`, value, place, 'i')}`,
    );
  }

  /** Statements that set a value `v` of a resolver or list, which may be an error or a promise of either. */
  private settled(set: string, value: string, place: Place, indexes: string): string {
    const failed = (error: string) =>
      `r.failed(${this.code.constant(place)}, ${indexes}, ${error});`;
    const settle = `if (v instanceof Error) ${failed('v')} else ${set} ${value}(v, r, ${indexes});`;
    return `if (v === null || typeof v !== 'object') ${set} ${value}(v, r, ${indexes});
else if (typeof v.then === 'function') {
  r.pending += 1;
  v.then(
    (v) => {
      try { ${settle} } catch (e) { r.giveUp(e); }
      r.end();
    },
    (e) => { ${failed('e')} r.end(); },
  );
} else ${settle}`;
  }

  /** The function (v, r, i) that completes values of a type. */
  private value(type: GraphQLOutputType, nodes: readonly FieldNode[], place: Place): string {
    const nullable = isNonNullType(type) ? (type.ofType as GraphQLOutputType) : type;
    const ofNull = nullable === type ? 'return null;' : this.irregular('null where none may be');
    // Types of one interface have the same fields, written once for all of them.
    const key = isLeafType(nullable)
      ? String(type)
      : [type, nodes.map((node) => this.numberOf(node)), place.steps, place.nullable].join(' ');
    const known = this.values.get(key);
    if (known) return known;
    const test = `if (v === null || v === undefined) ${ofNull}`;
    const name = this.code.function('v, r, i', `${test}\n${this.present(nullable, nodes, place)}`);
    this.values.set(key, name);
    return name;
  }

  /** Statements that return the completed value of a `v` that is there. */
  private present(type: GraphQLOutputType, nodes: readonly FieldNode[], place: Place): string {
    if (isLeafType(type)) return this.leaf(type);
    if (isListType(type)) return this.list(type.ofType as GraphQLOutputType, nodes, place);
    const isOther = `typeof v !== 'object' || typeof v.then === 'function' || v instanceof Error`;
    const checked = `if (${isOther}) ${this.irregular('no plain object')}\n`;
    if (isObjectType(type))
      return `${checked}return ${this.objectOf(type, nodes, place)}(v, r, i);`;
    if (isAbstractType(type)) return checked + this.abstract(type, nodes, place);
    throw new Irregular(`a value of the type ${String(type)}`);
  }

  private objectOf(type: GraphQLObjectType, nodes: readonly FieldNode[], place: Place): string {
    if (type.isTypeOf) throw new Irregular('isTypeOf');
    const fields = collectSubfields(this.schema, this.fragments, {}, type, nodes);
    return this.object(type, fields, place);
  }

  private leaf(type: GraphQLLeafType): string {
    const test = isSpecifiedScalarType(type) ? asItIs[type.name] : undefined;
    const serialize = this.code.constant((value: unknown): unknown => {
      const serialized: unknown = type.serialize(value);
      if (serialized === null || serialized === undefined) throw new Irregular('no value');
      return serialized;
    });
    return `${test ? `if (${test}) return v;\n` : ''}return ${serialize}(v);`;
  }

  private list(itemType: GraphQLOutputType, nodes: readonly FieldNode[], place: Place): string {
    const at = below(place, null, itemType, nodes);
    const item = this.value(itemType, nodes, at);
    const settle = this.code.function('o, n, v, r, i', this.settled('o[n] =', item, at, 'i'));
    return `if (!Array.isArray(v)) ${this.irregular('no list')}
const o = new Array(v.length).fill(null);
for (let n = 0; n < v.length; n += 1) ${settle}(o, n, v[n], r, { index: n, outer: i });
return o;`;
  }

  private abstract(type: GraphQLAbstractType, nodes: readonly FieldNode[], place: Place): string {
    const resolveType = type.resolveType ?? defaultTypeResolver;
    // A type resolver is told of the field that it stands for: graphql-js names no other parent either.
    const tell = this.infoOf(undefined, type, nodes, place);
    const typeOf = (value: unknown, run: QueryRun) =>
      resolveType(value, run.context, tell(run), type);
    const cases = this.schema
      .getPossibleTypes(type)
      .map(
        (possible) =>
          `case ${JSON.stringify(possible.name)}: return ${this.objectOf(possible, nodes, place)}(v, r, i);`,
      );
    return `switch (${this.code.constant(typeOf)}(v, r)) {
${cases.join('\n')}
default: ${this.irregular('a type that can not be told at once')}
}`;
  }

  private infoOf(
    parentType: GraphQLObjectType | undefined,
    returnType: GraphQLOutputType,
    nodes: readonly FieldNode[],
    place: Place,
  ): (run: QueryRun) => GraphQLResolveInfo {
    const { schema, operation, fragments } = this;
    const parent = parentType ?? (schema.getQueryType() as GraphQLObjectType);
    let path: GraphQLResolveInfo['path'] = { prev: undefined, key: '', typename: undefined };
    for (const key of place.steps) {
      if (key !== null)
        path = { prev: path.key === '' ? undefined : path, key, typename: undefined };
    }
    return ({ variables }) => ({
      fieldName: nodes[0]?.name.value ?? '',
      fieldNodes: nodes,
      returnType,
      parentType: parent,
      path,
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: variables,
    });
  }

  private irregular(what: string): string {
    return `throw new ${this.code.constant(Irregular)}(${JSON.stringify(what)});`;
  }
}

/** Values of these types are answered as they are when the test holds; else they may have to be serialized. */
const asItIs: Record<string, string> = {
  String: `typeof v === 'string'`,
  ID: `typeof v === 'string'`,
  Boolean: `typeof v === 'boolean'`,
  Int: `typeof v === 'number' && (v | 0) === v`,
  Float: `typeof v === 'number' && Number.isFinite(v)`,
};

const below = (
  { steps, nullable }: Place,
  step: string | null,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): Place => ({
  steps: [...steps, step],
  nullable: [...nullable, !isNonNullType(type)],
  nodes,
});

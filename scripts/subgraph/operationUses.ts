import { join } from 'node:path';
import {
  getLocation,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  Kind,
  parse,
  Source,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { readOperations } from '../../gateway/operations/readOperations.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** A place where a saved operation uses an element of the schema. */
export interface Use {
  operation: string;
  file: string;
  line: number;
}

/** The uses of elements by coordinate, such as `Source`, `Source.title` or `Query.source.id`. */
export type Uses = ReadonlyMap<string, readonly Use[]>;

/**
 * Finds what the saved operations of some folders use of a schema. All values and fields of an enum or input
 * that a variable may hold count as used.
 * Rejects, with file and line, when an operation can't be parsed.
 */
export async function findUses(folders: readonly string[], schema: GraphQLSchema): Promise<Uses> {
  const uses = new Map<string, Use[]>();
  for (const folder of folders) {
    for (const [name, text] of await readOperations(folder)) {
      const file = join(folder, name);
      for (const [coordinate, { node, operation }] of usesOf(text, file, schema)) {
        const line = node.loc ? getLocation(node.loc.source, node.loc.start).line : 1;
        const known = uses.get(coordinate) ?? [];
        uses.set(coordinate, [...known, { operation, file, line }]);
      }
    }
  }
  return uses;
}

interface FoundUse {
  node: ASTNode;
  operation: string;
}

/** The first use of each element in a file. */
function usesOf(text: string, file: string, schema: GraphQLSchema): Map<string, FoundUse> {
  const found = new Map<string, FoundUse>();
  let operation = file;
  const note = (coordinate: string, node: ASTNode) => {
    if (!found.has(coordinate)) found.set(coordinate, { node, operation });
  };
  const noteInput = (type: GraphQLNamedType, node: ASTNode) => {
    if (found.has(type.name)) return;
    note(type.name, node);
    if (isEnumType(type)) {
      for (const { name } of type.getValues()) note(`${type.name}.${name}`, node);
    }
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        note(`${type.name}.${field.name}`, node);
        noteInput(getNamedType(field.type), node);
      }
    }
  };
  const info = new TypeInfo(schema);
  visit(
    parseOperations(text, file),
    visitWithTypeInfo(info, {
      OperationDefinition: ({ name }) => {
        operation = name?.value ?? file;
      },
      VariableDefinition: (node) => {
        const type = info.getInputType();
        if (type) noteInput(getNamedType(type), node);
      },
      Field: (node) => {
        const parent = info.getParentType();
        if (!parent) return;
        const owners = isInterfaceType(parent)
          ? [parent, ...schema.getPossibleTypes(parent)]
          : [parent];
        for (const { name } of owners) note(`${name}.${node.name.value}`, node);
        note(parent.name, node);
        const type = info.getType();
        if (type) note(getNamedType(type).name, node);
      },
      Argument: (node) => {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        if (parent && field) note(`${parent.name}.${field.name}.${node.name.value}`, node);
      },
      ObjectField: (node) => {
        const type = info.getParentInputType();
        if (type) note(`${getNamedType(type).name}.${node.name.value}`, node);
      },
      [Kind.ENUM]: (node) => {
        const type = info.getInputType();
        if (type) note(`${getNamedType(type).name}.${node.value}`, node);
      },
      InlineFragment: ({ typeCondition }) => {
        if (typeCondition) note(typeCondition.name.value, typeCondition);
      },
      FragmentDefinition: ({ typeCondition }) => {
        note(typeCondition.name.value, typeCondition);
      },
    }),
  );
  return found;
}

function parseOperations(text: string, file: string) {
  try {
    return parse(new Source(text, file));
  } catch (reason) {
    throw new UserError(`${file} holds no operation: ${String(reason)}`, [], { cause: reason });
  }
}

import {
  getNamedType,
  isLeafType,
  Kind,
  parse,
  type GraphQLInterfaceType,
  type GraphQLLeafType,
  type GraphQLObjectType,
} from 'graphql';
import { isRecord } from './isRecord.ts';

/** A key of an entity: the names of its fields, and of those that are no records in turn, the type. */
export type EntityKey = readonly { name: string; type: GraphQLLeafType | undefined }[];

/** The keys by which a type can be asked for, as `@key` says; none where it is no entity. */
export function entityKeys(type: GraphQLObjectType | GraphQLInterfaceType): EntityKey[] {
  const fields = type.getFields();
  return (type.astNode?.directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .map(({ arguments: given = [] }) => {
      const value = given.find(({ name }) => name.value === 'fields')?.value;
      return namesIn(value?.kind === Kind.STRING ? value.value : '').map((name) => {
        const named = fields[name] && getNamedType(fields[name].type);
        return { name, type: isLeafType(named) ? named : undefined };
      });
    });
}

/** The outermost fields of a selection such as `id unit { id }`. */
function namesIn(selection: string): string[] {
  const [query] = parse(`{ ${selection} }`).definitions;
  if (query?.kind !== Kind.OPERATION_DEFINITION) return [];
  return query.selectionSet.selections.flatMap((node) =>
    node.kind === Kind.FIELD ? [node.name.value] : [],
  );
}

/** Whether a representation has a value for each field of a key, of the kind that the field takes. */
export const hasKey = (representation: object, key: EntityKey): boolean =>
  key.every(({ name, type }) => isValueOf(type, Reflect.get(representation, name)));

function isValueOf(type: GraphQLLeafType | undefined, value: unknown): boolean {
  if (typeof value === 'string' && type?.name === 'ID') return true;
  if (!type) return isRecord(value);
  if (value === undefined || value === null) return false;
  try {
    type.parseValue(value);
    return true;
  } catch {
    return false;
  }
}

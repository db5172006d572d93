import {
  isAbstractType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Declaration } from './reading.ts';

const DECLARATION = 'declaration';

type Declarable = GraphQLField<unknown, unknown> | GraphQLAbstractType | GraphQLObjectType;

/** What `reading()` left on a resolver. */
const declaredBy = (resolve: unknown): Declaration | undefined =>
  typeof resolve === 'function' && 'reads' in resolve
    ? (resolve as unknown as Declaration)
    : undefined;

const note = (target: Declarable, declaration: Declaration) => {
  target.extensions = { ...target.extensions, [DECLARATION]: declaration };
};

/**
 * Notes in the schema which stored fields each field of the types named is made of: what its
 * resolver declares, or the field of the same name where it has none. It is noted apart from the
 * resolvers, which servers and executors may wrap. Throws when a resolver declares nothing.
 */
export function declareReads(schema: GraphQLSchema, rowTypes: readonly string[]): void {
  for (const name of rowTypes) {
    const type = schema.getType(name);
    if (isAbstractType(type)) note(type, declaredBy(type.resolveType) ?? { reads: [] });
    for (const each of objectTypesOf(schema, name)) {
      note(each, { reads: [] });
      for (const field of Object.values(each.getFields())) {
        const declared = field.resolve ? declaredBy(field.resolve) : { reads: [field.name] };
        if (!declared) throw new Error(`${each.name}.${field.name} does not declare what it reads`);
        note(field, declared);
      }
    }
  }
}

/** What a field, or the choice of a concrete type, reads of a stored row; undefined where there is none. */
export const declarationOf = ({ extensions }: Declarable): Declaration | undefined =>
  extensions[DECLARATION] as Declaration | undefined;

/** The object types that values of a composite type can have. */
export function objectTypesOf(schema: GraphQLSchema, name: string): readonly GraphQLObjectType[] {
  const type = schema.getType(name);
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

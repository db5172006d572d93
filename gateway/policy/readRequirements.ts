import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type ConstDirectiveNode,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { argumentOf, isJoinField } from '../execution/supergraphDirectives.ts';
import { accessDirectives, namesIn } from './accessFeatures.ts';
import { follows, type Condition } from './Condition.ts';

/** What who asks for a field must be, all of it. */
export type RequirementsOf = (parent: GraphQLNamedType, field: string) => readonly Condition[];

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;
type WithDirectives = { directives?: readonly ConstDirectiveNode[] | undefined };

/**
 * Reads who may see what from the directives `@authenticated`, `@requiresScopes` and `@policy` of a supergraph;
 * undefined when it has none. A field demands
 * - what stands on it, on the type that has it, and on the type of what it gives;
 * - of an interface, also what the field demands in each type that implements it: nobody knows before
 *   which of them an object will have;
 * - of an object, also what its interfaces demand, unless that comes from their implementations in the
 *   first place: composition writes it there;
 * - what the fields demand that it is computed from (`@requires`).
 * So a way through a fragment, an alias, an interface or a computed field asks for no less than the plain one.
 * @throws UserError when they can't be enforced.
 */
export function readRequirements(schema: GraphQLSchema): RequirementsOf | undefined {
  const features = accessDirectives(directivesOf(schema.astNode, ...schema.extensionASTNodes));
  if (!features.size) return undefined;

  const conditions = new Map<string, Condition>();
  const toCondition = (directive: ConstDirectiveNode): Condition[] => {
    const feature = features.get(directive.name.value);
    if (!feature) return [];
    const condition: Condition =
      feature === 'authenticated'
        ? { kind: 'authenticated' }
        : feature === 'requiresScopes'
          ? { kind: 'scopes', anyOf: namesIn(directive, 'scopes') }
          : { kind: 'policies', anyOf: namesIn(directive, 'policies') };
    // One object for each condition, however often it is made.
    const key = JSON.stringify(condition);
    const known = conditions.get(key) ?? condition;
    conditions.set(key, known);
    return [known];
  };
  const onType = once((type: GraphQLNamedType) =>
    directivesOf(type.astNode, ...type.extensionASTNodes).flatMap(toCondition),
  );
  const onField = (type: FieldsType, field: string) =>
    directivesOf(type.getFields()[field]?.astNode).flatMap(toCondition);

  /** What an interface demands by itself, so of all objects that have it. */
  const ofInterface = (type: GraphQLInterfaceType, field: string): Condition[] => {
    const objects = schema.getPossibleTypes(type);
    const types = objects.flatMap(onType);
    const fields = objects.flatMap((object) => onField(object, field));
    return [
      ...onType(type).filter((condition) => !follows(condition, types)),
      ...onField(type, field).filter((condition) => !follows(condition, fields)),
    ];
  };

  const computed = new Map<string, readonly Condition[]>();
  const requirementsOf: RequirementsOf = (type, field) => {
    if (!(isObjectType(type) || isInterfaceType(type))) return [];
    const definition = type.getFields()[field];
    if (!definition) return [];
    const coordinate = `${type.name}.${field}`;
    const known = computed.get(coordinate);
    if (known) return known;
    // Nothing is computed from itself; if somebody says so, it ends here.
    computed.set(coordinate, []);
    const all = [
      ...onType(type),
      ...onField(type, field),
      ...onType(getNamedType(definition.type)),
      ...directivesOf(definition.astNode).flatMap((directive) => ofRequired(type, directive)),
      ...(isInterfaceType(type)
        ? schema.getPossibleTypes(type).flatMap((object) => requirementsOf(object, field))
        : type.getInterfaces().flatMap((implemented) => ofInterface(implemented, field))),
    ];
    const distinct = [...new Set(all)];
    computed.set(coordinate, distinct);
    return distinct;
  };

  const ofRequired = (type: FieldsType, directive: ConstDirectiveNode): Condition[] => {
    const required = isJoinField(directive) ? argumentOf(directive, 'requires') : undefined;
    if (required === undefined) return [];
    const [operation] = parse(`{ ${required} }`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION
      ? ofSelection(operation.selectionSet, type)
      : [];
  };

  const ofSelection = (
    { selections }: SelectionSetNode,
    type: GraphQLNamedType | undefined,
  ): Condition[] =>
    selections.flatMap((selection) => {
      if (!type || selection.kind === Kind.FRAGMENT_SPREAD) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        return ofSelection(selection.selectionSet, condition ? schema.getType(condition) : type);
      }
      const field = selection.name.value;
      const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      const below = fields[field] && getNamedType(fields[field].type);
      return [
        ...requirementsOf(type, field),
        ...(selection.selectionSet ? ofSelection(selection.selectionSet, below) : []),
      ];
    });

  return requirementsOf;
}

const directivesOf = (...nodes: readonly (WithDirectives | null | undefined)[]) =>
  nodes.flatMap((node) => node?.directives ?? []);

function once<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    const value = values.get(key) ?? compute(key);
    values.set(key, value);
    return value;
  };
}

import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { TYPENAME_ONLY } from '../execution/withConcreteFragments.ts';
import type { Condition } from './Condition.ts';
import type { RequirementsOf } from './readRequirements.ts';

/** The places of an operation that not everybody may ask for. */
export interface Restrictions {
  /** All conditions that occur in it. */
  conditions: readonly Condition[];
  /** The operation for those who do not meet these of its conditions. */
  without(unmet: readonly Condition[]): RestrictedOperation;
}

export interface RestrictedOperation {
  /** The document with what is left of the operation. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Whether anything is left that subgraphs are asked for. */
  isAsked: boolean;
  /** What was taken out, and why. */
  denied: ReadonlyMap<FieldNode, DeniedField>;
  /** The name under which objects of types that are not certain tell theirs. */
  typeName: string;
}

export interface DeniedField {
  /** As `Type.field`. */
  coordinate: string;
  unmet: readonly Condition[];
}

type FieldVisitor = (node: FieldNode, parent: GraphQLNamedType) => FieldNode | undefined;

/**
 * Finds the places that not everybody may ask for; undefined when there are none. It is decided by the
 * text alone: where a type is not certain, by all that it may be.
 */
export function restrictOperation(
  schema: GraphQLSchema,
  requirementsOf: RequirementsOf,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Restrictions | undefined {
  const places = new Map<FieldNode, { coordinate: string; conditions: readonly Condition[] }>();
  rewrite(schema, document, operation, (node, parent) => {
    const conditions = requirementsOf(parent, node.name.value);
    const coordinate = `${parent.name}.${node.name.value}`;
    if (conditions.length) places.set(node, { coordinate, conditions });
    return node;
  });
  if (!places.size) return undefined;

  const typeName = unusedName(document);
  return {
    conditions: [...new Set([...places.values()].flatMap(({ conditions }) => conditions))],
    without(unmet) {
      const denied = new Map<FieldNode, DeniedField>();
      for (const [node, { coordinate, conditions }] of places) {
        const missing = conditions.filter((condition) => unmet.includes(condition));
        if (missing.length) denied.set(node, { coordinate, unmet: missing });
      }
      let isAsked = false;
      const left = rewrite(schema, document, operation, (node, parent) => {
        if (denied.has(node)) return undefined;
        if (!node.name.value.startsWith('__')) isAsked = true;
        return withTypeName(node, parent, typeName);
      });
      return { ...left, isAsked, denied, typeName };
    },
  };
}

/**
 * The document with the operation and the fragments that it uses, each field as `change` gives it, or without.
 * The operation is another one even if all is in its fragments: what is known of the first is not for it.
 */
function rewrite(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  change: FieldVisitor,
): { document: DocumentNode; operation: OperationDefinitionNode } {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const rewritten = new Map<string, FragmentDefinitionNode>();

  const rewriteSet = (set: SelectionSetNode, parent: GraphQLNamedType): SelectionSetNode => {
    const selections = set.selections.flatMap((node) => rewriteNode(node, parent) ?? []);
    return selections.length ? { ...set, selections } : TYPENAME_ONLY;
  };

  const rewriteNode = (
    node: SelectionNode,
    parent: GraphQLNamedType,
  ): SelectionNode | undefined => {
    switch (node.kind) {
      case Kind.FIELD: {
        const changed = change(node, parent);
        const type = fieldType(parent, node);
        if (!changed?.selectionSet || !type) return changed;
        return { ...changed, selectionSet: rewriteSet(changed.selectionSet, type) };
      }
      case Kind.INLINE_FRAGMENT: {
        const condition = node.typeCondition && schema.getType(node.typeCondition.name.value);
        return { ...node, selectionSet: rewriteSet(node.selectionSet, condition ?? parent) };
      }
      case Kind.FRAGMENT_SPREAD:
        rewriteFragment(node.name.value);
        return node;
    }
  };

  const rewriteFragment = (name: string) => {
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    if (!type || rewritten.has(name)) return;
    // Its place is taken before its turn comes.
    rewritten.set(name, fragment);
    const selectionSet = rewriteSet(fragment.selectionSet, type);
    rewritten.set(name, { ...fragment, selectionSet });
  };

  const root = schema.getRootType(operation.operation);
  const changed = {
    ...operation,
    selectionSet: root ? rewriteSet(operation.selectionSet, root) : operation.selectionSet,
  };
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [changed, ...rewritten.values()],
  };
  return { document, operation: changed };
}

/** What a field gives; undefined for what asks the schema itself, which is no one's secret. */
function fieldType(parent: GraphQLNamedType, { name }: FieldNode): GraphQLNamedType | undefined {
  const hasFields = isObjectType(parent) || isInterfaceType(parent);
  const field = hasFields ? parent.getFields()[name.value] : undefined;
  return field && getNamedType(field.type);
}

function withTypeName(node: FieldNode, parent: GraphQLNamedType, name: string): FieldNode {
  if (!node.selectionSet || !isAbstractType(fieldType(parent, node))) return node;
  const typeName: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: name },
    name: { kind: Kind.NAME, value: '__typename' },
  };
  const selections = [typeName, ...node.selectionSet.selections];
  return { ...node, selectionSet: { ...node.selectionSet, selections } };
}

/** A name that the client uses nowhere. */
function unusedName(document: DocumentNode): string {
  const used = new Set<string>();
  visit(document, { Name: ({ value }) => void used.add(value) });
  let name = 'typeHere';
  while (used.has(name)) name += '_';
  return name;
}

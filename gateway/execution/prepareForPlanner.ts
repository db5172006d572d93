import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { AnswerShape } from './compileAnswer.ts';
import { innerName, isAboutSchema } from './responseNames.ts';
import { TYPENAME_ONLY } from './withConcreteFragments.ts';

/**
 * An operation as the planner is asked to plan it, spared what it gets wrong:
 * - names that clients chose, which it would merge with those of keys and requirements;
 * - conditions: fields whose requirements are fetched under a condition would take those fetched along
 *   with them down when it does not hold;
 * - fragments at the root of a mutation, whose fields it may put into another order.
 * What is asked of the schema itself is none of the planner's business: it is left out, for where a mutation
 * answers with a query, the planner would fail over it.
 */
export function prepareForPlanner({
  schema,
  operation,
  fragments,
  conditions,
}: Omit<AnswerShape, 'mostCharacters'>): DocumentNode {
  const prepared = new Map<string, SelectionSetNode | undefined>();

  const isWanted = (node: SelectionNode) =>
    getDirectiveValues(GraphQLSkipDirective, node, conditions)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.['if'] !== false;

  /** Undefined when nothing is left. */
  const prepareSet = ({ selections }: SelectionSetNode): SelectionSetNode | undefined => {
    const left = selections.filter(isWanted).flatMap((node) => prepareNode(node) ?? []);
    return left.length ? { kind: Kind.SELECTION_SET, selections: left } : undefined;
  };

  const prepareNode = (node: SelectionNode): SelectionNode | undefined => {
    const directives = node.directives?.filter(({ name }) => !isCondition(name.value));
    switch (node.kind) {
      case Kind.FIELD: {
        if (isAboutSchema(node)) return undefined;
        const name = innerName(node);
        const alias =
          name === node.name.value ? undefined : { kind: Kind.NAME as const, value: name };
        const selectionSet = node.selectionSet && (prepareSet(node.selectionSet) ?? TYPENAME_ONLY);
        return { ...node, alias, directives, selectionSet };
      }
      case Kind.INLINE_FRAGMENT: {
        const selectionSet = prepareSet(node.selectionSet);
        return selectionSet && { ...node, directives, selectionSet };
      }
      case Kind.FRAGMENT_SPREAD:
        return prepareFragment(node.name.value) && { ...node, directives };
    }
  };

  const prepareFragment = (name: string) => {
    const fragment = fragments[name];
    if (fragment && !prepared.has(name)) prepared.set(name, prepareSet(fragment.selectionSet));
    return prepared.get(name);
  };

  const inOrder = (selectionSet: SelectionSetNode): SelectionSetNode => {
    const root = schema.getMutationType();
    if (operation.operation !== OperationTypeNode.MUTATION || !root) return selectionSet;
    const fields = collectFields(schema, fragments, conditions, root, selectionSet);
    return { kind: Kind.SELECTION_SET, selections: [...fields.values()].flatMap(mergeFields) };
  };

  const selectionSet = prepareSet(inOrder(operation.selectionSet)) ?? TYPENAME_ONLY;
  const definitions = Object.values(fragments).flatMap((fragment): FragmentDefinitionNode[] => {
    const body = prepared.get(fragment.name.value);
    return body ? [{ ...fragment, selectionSet: body }] : [];
  });
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...definitions] };
}

const isCondition = (name: string) =>
  name === GraphQLSkipDirective.name || name === GraphQLIncludeDirective.name;

/** One field for all that were asked for under one name. */
function mergeFields([first, ...others]: readonly FieldNode[]): FieldNode[] {
  if (!first) return [];
  if (!first.selectionSet) return [first];
  const selections = [first, ...others].flatMap((node) => node.selectionSet?.selections ?? []);
  return [{ ...first, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
}

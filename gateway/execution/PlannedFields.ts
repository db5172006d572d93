import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { Kind, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { readFetchOperation, type FetchOperation } from './fetchOperation.ts';
import { rootNode } from './rootNode.ts';
import { withoutPlannerAlias } from './responseNames.ts';
import type { PlanPath } from './targets.ts';
import type { TypeCondition } from './TypeCondition.ts';

/** What the fetches of a plan bring together: which fields, where, of objects of which types. */
export class PlannedFields {
  /** By the path to the object and the name of the field: the type conditions it is fetched under. */
  private readonly conditions = new Map<string, (readonly string[])[]>();
  private readonly meets: TypeCondition;

  constructor(plan: QueryPlan, schema: GraphQLSchema, meets: TypeCondition) {
    this.meets = meets;
    const node = rootNode(plan);
    if (node) this.addNode(node, [], schema);
  }

  /** Whether a field is fetched for objects of a type; of any type when that is not known. */
  has(path: PlanPath, name: string, typename?: unknown): boolean {
    const all = this.conditions.get(keyOf([...path, name])) ?? [];
    if (typename === undefined) return all.length > 0;
    return all.some((conditions) => conditions.every((type) => this.meets(typename, type)));
  }

  private addNode(node: PlanNode, path: PlanPath, schema: GraphQLSchema): void {
    if (node.kind === 'Flatten')
      this.addNode(node.node, [...path, ...node.path.map(String)], schema);
    else if (node.kind === 'Fetch') this.addFetch(path, readFetchOperation(node.operation, schema));
    else if (node.kind === 'Sequence' || node.kind === 'Parallel') {
      for (const each of node.nodes) this.addNode(each, path, schema);
    }
  }

  private addFetch(path: PlanPath, operation: FetchOperation): void {
    const { selectionSet, entitySelectionSet = selectionSet } = operation;
    this.addFields(entitySelectionSet, path, [], operation);
  }

  private addFields(
    { selections }: SelectionSetNode,
    path: PlanPath,
    conditions: readonly string[],
    operation: FetchOperation,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const below = [...path, withoutPlannerAlias((selection.alias ?? selection.name).value)];
        const key = keyOf(below);
        this.conditions.set(key, [...(this.conditions.get(key) ?? []), conditions]);
        if (selection.selectionSet) this.addFields(selection.selectionSet, below, [], operation);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : operation.fragments.get(selection.name.value);
      if (!fragment) continue;
      const type = fragment.typeCondition?.name.value;
      const inside = type ? [...conditions, type] : conditions;
      this.addFields(fragment.selectionSet, path, inside, operation);
    }
  }
}

/** Items of lists stand at the place of their list. */
const keyOf = (path: PlanPath) => path.filter((step) => step !== '@').join('.');

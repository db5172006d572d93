import type { PlanNode, QueryPlan } from '@apollo/query-planner';

/**
 * Where a plan begins; undefined when it asks nobody. A subscription's is that of each of its events: what comes is what
 * the first fetch of a query would have brought.
 */
export function rootNode({ node }: QueryPlan): PlanNode | undefined {
  if (node?.kind !== 'Subscription') return node;
  const { primary, rest } = node;
  return rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary;
}

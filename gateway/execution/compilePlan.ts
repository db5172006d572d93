import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { compileFetch, type FetchCompiler } from './compileFetch.ts';
import { rootNode } from './rootNode.ts';
import type { Step } from './Run.ts';
import type { PlanPath } from './targets.ts';

/** Compiles a plan to the step that carries it out, once for each event of a subscription. Throws for what no plan here holds. */
export function compilePlan(plan: QueryPlan, compiler: FetchCompiler): Step {
  const node = rootNode(plan);
  return node ? compileNode(node, [], compiler) : async () => {};
}

function compileNode(node: PlanNode, path: PlanPath, compiler: FetchCompiler): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, compiler);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)], compiler);
    case 'Sequence': {
      const steps = node.nodes.map((each) => compileNode(each, path, compiler));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((each) => compileNode(each, path, compiler));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    case 'Condition':
      throw new Error('a plan of an operation without conditions has none');
    case 'Defer':
      throw new Error('a plan with @defer is not carried out');
  }
}

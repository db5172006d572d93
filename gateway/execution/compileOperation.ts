import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import type { FragmentDefinitionNode, GraphQLSchema } from 'graphql';
import type { QueryPlan } from '@apollo/query-planner';
import { compileAnswer, type CompiledAnswer } from './compileAnswer.ts';
import type { FetchCompiler } from './compileFetch.ts';
import { compilePlan } from './compilePlan.ts';
import type { Step } from './Run.ts';

/** An operation, ready to be carried out any number of times. */
export interface CompiledOperation {
  operation: OperationDefinitionNode;
  plan: QueryPlan;
  carryOut: Step;
  /** How its answers are written, for the values of the variables that @skip and @include ask for. */
  answerFor(coerced: Readonly<Record<string, unknown>>): CompiledAnswer;
}

export interface OperationToCompile {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: QueryPlan;
}

/** Two such variables make four ways to answer; more than so many are compiled anew each time. */
const MOST_ANSWERS = 64;

/** Compiles an operation with its plan. Throws a GraphQLError when the plan leaves asked fields out. */
export function compileOperation(
  { schema, document, operation, plan }: OperationToCompile,
  compiler: FetchCompiler,
): CompiledOperation {
  const fragments = fragmentsOf(document);
  const names = conditionVariables(operation, fragments);
  const answers = new Map<string, CompiledAnswer>();
  return {
    operation,
    plan,
    carryOut: compilePlan(plan, compiler),
    answerFor(coerced) {
      const conditions = Object.fromEntries(names.map((name) => [name, coerced[name]]));
      const key = JSON.stringify(conditions);
      const known = answers.get(key);
      if (known) return known;
      const compiled = compileAnswer({ schema, operation, fragments, conditions });
      if (answers.size < MOST_ANSWERS) answers.set(key, compiled);
      return compiled;
    },
  };
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
}

/** The variables that @skip and @include ask for, anywhere in the operation. */
function conditionVariables(
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
): string[] {
  const names = new Set<string>();
  for (const root of [operation, ...Object.values(fragments)]) {
    visit(root, {
      Directive({ name, arguments: given }) {
        if (name.value !== 'skip' && name.value !== 'include') return;
        const value = given?.[0]?.value;
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names].sort();
}

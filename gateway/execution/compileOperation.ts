import {
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { FragmentDefinitionNode, GraphQLSchema } from 'graphql';
import type { QueryPlan } from '@apollo/query-planner';
import { compileAnswer, type CompiledAnswer } from './compileAnswer.ts';
import type { SubgraphRequest } from '../transport/Transport.ts';
import { describeFetch, type PlanCompiler } from './compileFetch.ts';
import { compilePlan } from './compilePlan.ts';
import { findUnplanned } from './findUnplanned.ts';
import { PlannedFields } from './PlannedFields.ts';
import { prepareForPlanner } from './prepareForPlanner.ts';
import type { Step } from './Run.ts';

/** An operation, ready to be carried out any number of times. */
export interface CompiledOperation {
  /**
   * What it comes to for the values of the variables that @skip and @include ask for. Throws what the
   * planner throws, and a GraphQLError when the plan leaves out what was asked for.
   */
  variantFor(coerced: Readonly<Record<string, unknown>>): CompiledVariant;
  /** The same, when it has been compiled before. Throws a GraphQLError for values that decide nothing. */
  known(coerced: Readonly<Record<string, unknown>>): CompiledVariant | undefined;
}

/** An operation without conditions. */
export interface CompiledVariant {
  plan: QueryPlan;
  carryOut: Step;
  answer: CompiledAnswer;
  /** Of a subscription: where its events come from. */
  source: EventSource | undefined;
}

/** What is asked of a subgraph that tells of events. */
export interface EventSource {
  subgraph: string;
  requestWith(variables: Readonly<Record<string, unknown>>): SubgraphRequest;
}

export interface OperationToCompile {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** How long its answer may be. */
  mostCharacters: number;
}

export interface OperationCompiler extends PlanCompiler {
  /** Plans a document that holds one operation. */
  plan(document: DocumentNode): QueryPlan;
}

/** Six such variables make so many variants; those beyond are compiled anew each time. */
const MOST_VARIANTS = 64;

/** Compiles an operation; each of its variants when it is first asked for. */
export function compileOperation(
  { schema, document, operation, mostCharacters }: OperationToCompile,
  compiler: OperationCompiler,
): CompiledOperation {
  const fragments = fragmentsOf(document);
  const names = conditionVariables(operation, fragments);
  const variants = new Map<string, CompiledVariant>();
  const conditionsIn = (coerced: Readonly<Record<string, unknown>>) => {
    for (const name of names) if (coerced[name] === null) throw undecided(name);
    return Object.fromEntries(names.map((name) => [name, coerced[name]]));
  };
  const known = (coerced: Readonly<Record<string, unknown>>) =>
    variants.get(JSON.stringify(conditionsIn(coerced)));
  return {
    known,
    variantFor(coerced) {
      const conditions = conditionsIn(coerced);
      const variant = known(coerced) ?? compileVariant(conditions);
      if (variants.size < MOST_VARIANTS) variants.set(JSON.stringify(conditions), variant);
      return variant;
    },
  };

  function compileVariant(conditions: Readonly<Record<string, unknown>>): CompiledVariant {
    const shape = { schema, operation, fragments, conditions, mostCharacters };
    const prepared = prepareForPlanner(shape);
    const plan = compiler.plan(prepared);
    const planned = new PlannedFields(plan, compiler.schema, compiler.meets);
    const unplanned = findUnplanned(schema, prepared, planned);
    if (unplanned) throw unreachable(unplanned);
    const carryOut = compilePlan(plan, { ...compiler, planned });
    const source =
      plan.node?.kind === 'Subscription' ? describeFetch(plan.node.primary, compiler) : undefined;
    return { plan, carryOut, answer: compileAnswer(shape), source };
  }
}

/** With a default, such a variable may be of a type that includes null. */
const undecided = (variable: string) =>
  new GraphQLError(
    `The variable "$${variable}" decides what is asked for, by @skip or @include: give it true or false, or leave it out.`,
    { extensions: { code: 'BAD_USER_INPUT' } },
  );

const unreachable = (field: string) =>
  new GraphQLError(
    `No subgraph can be asked for ${field} here: the supergraph gives no way to reach it. Leave it out, and tell the operator of this service.`,
    { extensions: { code: 'OPERATION_NOT_PLANNABLE' } },
  );

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

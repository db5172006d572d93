import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { Supergraph as Composed } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import {
  execute,
  getOperationAST,
  getVariableValues,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
} from 'graphql';
import { createDataSource } from '../../../gateway/execution/createDataSource.ts';
import { createExecutor } from '../../../gateway/execution/createExecutor.ts';
import { prepareForPlanner } from '../../../gateway/execution/prepareForPlanner.ts';
import { outerName } from '../../../gateway/execution/responseNames.ts';
import { createKeyTest } from '../../../gateway/execution/subgraphKeys.ts';
import { TYPENAME_ONLY } from '../../../gateway/execution/withConcreteFragments.ts';
import { isRecord } from '../../../subgraphs/shared/isRecord.ts';
import type { Transport } from '../../../gateway/transport/Transport.ts';
import { silentLog, type Graph } from './graphs/Graph.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';

export interface OneError {
  message: string;
  path: readonly (string | number)[];
  code: unknown;
  /** The subgraph that reported it. */
  subgraph: unknown;
}

/** An answer as it is compared: plain JSON. */
export interface OneAnswer {
  data: unknown;
  errors: OneError[];
}

type Variables = Record<string, unknown>;

export interface Federated {
  own: OneAnswer;
  /** Apollo's executor for the same plan; undefined when it can't be compared with. */
  apollo?: OneAnswer;
  /** The same, with subgraphs that do not fail. */
  healthyApollo?: OneAnswer;
}

/** The three ways to answer an operation over one graph. */
export interface ThreeWays {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  federated(document: DocumentNode, variables: Variables): Promise<Federated>;
  monolith(document: DocumentNode, variables: Variables): Promise<OneAnswer>;
}

/** Makes the three ways of a graph; `transports` are those of the graph when not given. */
export function createThreeWays(
  { supergraph, transports: ofGraph, monolith }: Graph,
  transports: Map<string, Transport> = ofGraph,
): ThreeWays {
  const executor = createExecutor({ supergraph, transports, log: silentLog });
  const { schema } = executor;
  const apollo = createApollo(supergraph, transports);
  const healthyApollo = createApollo(supergraph, ofGraph);
  return {
    schema,
    async federated(document, variables) {
      const result = await executor.execute({
        document,
        variables,
        clientRequest: {},
        viewer: ANYONE,
      });
      // Without data, an operation has been refused.
      const own = toAnswer(JSON.parse(result.data ?? '"refused"'), result.errors);
      if (!result.plan || !isForAnyone(result.plan)) return { own };
      const healthy = await healthyApollo(result.plan, document, variables);
      const failing =
        transports === ofGraph ? healthy : await apollo(result.plan, document, variables);
      return isComparable(failing, healthy)
        ? { own, apollo: failing.answer, healthyApollo: healthy.answer }
        : { own };
    },
    async monolith(document, variables) {
      const { data, errors } = await execute({
        schema: monolith.schema,
        document,
        variableValues: variables,
        contextValue: monolith.createContext(ANYONE),
      });
      return toAnswer(data === undefined ? 'refused' : data, errors);
    },
  };
}

/** Whether a plan holds no fields and subgraphs that exist for our executor only. */
const isForAnyone = (plan: QueryPlan) =>
  !/__r\d+\b|"serviceName":"\w+__\d+"/.test(JSON.stringify(plan));

interface ApolloAnswer {
  answer: OneAnswer;
  /** What subgraphs were told of the entities that they were asked about. */
  told: Set<string>;
  /** Whether one was told less than a key: what comes back then are errors, or worse. */
  isKeyless: boolean;
  /** Whether conditions left nothing of an object, so that its type was asked for instead. */
  asksForTypes: boolean;
}

/**
 * Whether Apollo's executor tells subgraphs the truth. What one failed to bring, it tells others that it
 * is null: something that it would not tell them if none had failed. Nor can it answer with an object of
 * which it was to find out the type only, and could not.
 */
const isComparable = (failing: ApolloAnswer, healthy: ApolloAnswer) =>
  !failing.isKeyless &&
  !healthy.isKeyless &&
  (failing === healthy || !failing.asksForTypes) &&
  [...failing.told].every((representation) => healthy.told.has(representation));

/** Apollo's executor over the same transports. It answers the operation that was planned. */
function createApollo(supergraph: Graph['supergraph'], transports: Map<string, Transport>) {
  const apiSchema = Composed.build(supergraph.sdl).apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const holdsKey = createKeyTest(supergraph.schema);
  const services = (tell: (subgraph: string, representation: Variables) => void) =>
    Object.fromEntries(
      [...transports].map(([subgraph, transport]) => {
        const telling: Transport = {
          fetch(request, options) {
            const representations = request.variables?.['representations'];
            if (Array.isArray(representations)) {
              for (const each of representations.filter(isRecord)) tell(subgraph, each);
            }
            return transport.fetch(request, options);
          },
        };
        const { schema } = supergraph;
        return [
          subgraph,
          createDataSource({ subgraph, transport: telling, schema, log: silentLog }),
        ];
      }),
    );
  type RequestContext = Parameters<typeof executeQueryPlan>[2];
  return async (
    plan: QueryPlan,
    document: DocumentNode,
    variables: Variables,
  ): Promise<ApolloAnswer> => {
    const told = new Set<string>();
    let isKeyless = false;
    const operationDocument = plannedDocument(schema, document, variables);
    const operationContext = buildOperationContext({ schema, operationDocument });
    const requestContext = {
      request: { variables },
      context: { viewer: ANYONE, signal: new AbortController().signal },
      metrics: {},
      operation: operationContext.operation,
      // What executing a plan reads of it; the rest belongs to the server.
    } as unknown as RequestContext;
    const { data, errors } = await executeQueryPlan(
      plan,
      services((subgraph, representation) => {
        told.add(`${subgraph} ${JSON.stringify(representation)}`);
        isKeyless ||= !holdsKey(subgraph, representation);
      }),
      requestContext,
      operationContext,
      supergraph.schema,
      apiSchema,
    );
    const asksForTypes = holdsNothingElse(operationDocument);
    return { answer: toAnswer(withOuterNames(data), errors), told, isKeyless, asksForTypes };
  };
}

function plannedDocument(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('there is no operation');
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const { coerced = {} } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables,
  );
  return prepareForPlanner({ schema, operation, fragments, conditions: coerced });
}

function holdsNothingElse(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    SelectionSet(node) {
      isFound ||= node === TYPENAME_ONLY;
    },
  });
  return isFound;
}

function withOuterNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOuterNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [outerName(name), withOuterNames(each)]),
  );
}

function toAnswer(
  data: unknown,
  errors: readonly {
    message: string;
    path?: readonly (string | number)[] | undefined;
    extensions?: Record<string, unknown>;
  }[] = [],
): OneAnswer {
  return {
    // As a client would read it.
    data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)),
    errors: errors.map(({ message, path = [], extensions }) => ({
      message,
      path: path.map((step) => (typeof step === 'string' ? outerName(step) : step)),
      code: extensions?.['code'],
      subgraph: extensions?.['serviceName'],
    })),
  };
}

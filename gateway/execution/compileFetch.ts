import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, isInterfaceType, OperationTypeNode, type GraphQLSchema } from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { subgraphFault } from '../transport/subgraphFault.ts';
import type {
  SubgraphRequest,
  SubgraphResult,
  Transport,
  TransportLog,
} from '../transport/Transport.ts';
import type { ResponsePath } from './Answer.ts';
import { compileRepresentation } from './compileRepresentation.ts';
import { compileRewrites } from './compileRewrites.ts';
import { fetchedPaths, readFetchOperation } from './fetchOperation.ts';
import { fitsOperation } from './fitsOperation.ts';
import { mergeInto } from './mergeInto.ts';
import type { PlannedFields } from './PlannedFields.ts';
import { outerName, withoutPlannerAlias } from './responseNames.ts';
import type { Run, Step } from './Run.ts';
import type { SeparateRequirements } from './separateRequirements.ts';
import type { HoldsKey } from './subgraphKeys.ts';
import { collectTargets, pathsOfTargets, type PlanPath } from './targets.ts';
import type { TypeCondition } from './TypeCondition.ts';
import { withRequiredFields } from './withRequiredFields.ts';

type Data = Record<string, unknown>;

/** What the fetches of all plans of a supergraph are compiled with. */
export interface PlanCompiler {
  /** The schema of the supergraph. */
  schema: GraphQLSchema;
  /** One for each subgraph, by name. */
  transports: ReadonlyMap<string, Transport>;
  meets: TypeCondition;
  holdsKey: HoldsKey;
  requirements: Pick<SeparateRequirements, 'fields' | 'subgraphs'>;
  log: TransportLog;
}

/** What the fetches of one plan are compiled with. */
export interface FetchCompiler extends PlanCompiler {
  planned: PlannedFields;
}

/** An error as a subgraph reports it. */
type SubgraphError = NonNullable<SubgraphResult['errors']>[number];

/**
 * Compiles one fetch of a plan: which variables and representations it sends, and how what comes back
 * is merged into the objects at `path`.
 */
export function compileFetch(node: FetchNode, path: PlanPath, compiler: FetchCompiler): Step {
  const { schema, meets, holdsKey, requirements, log } = compiler;
  const { subgraph, query, requestWith } = describeFetch(node, compiler);
  const transport = compiler.transports.get(subgraph);
  if (!transport) throw new Error(`no transport for the subgraph "${subgraph}"`);

  const operation = readFetchOperation(query, schema);
  const rewriteInput = compileRewrites(node.inputRewrites, meets);
  const rewriteOutput = compileRewrites(node.outputRewrites, meets);
  const readRepresentation = node.requires && compileRepresentation(node.requires, path, compiler);
  const interfaces = interfaceNames(schema);
  const isSubscription = node.operationKind === OperationTypeNode.SUBSCRIPTION;
  const isMutation = node.operationKind === OperationTypeNode.MUTATION;

  const send: SendFetch = async (run, representations) => {
    const result =
      (isSubscription && run.event) ||
      (await transport.fetch(requestWith(run.variables, representations), {
        viewer: run.viewer,
        headers: run.headers,
        clientRequest: run.clientRequest,
        // A mutation goes on when its client leaves: cut off halfway, nobody could tell what was done.
        signal: isMutation ? undefined : run.signal,
        requestId: run.requestId,
      }));
    const data = result.errors && result.data?.['_entities'] === null ? null : result.data;
    if (!data || transport.isTyped || fitsOperation(data, operation, representations ?? [])) {
      return { data, errors: result.errors ?? [] };
    }
    const cause = 'the data have another shape than the operation asked for';
    const fault = subgraphFault('SUBGRAPH_INVALID_RESPONSE', subgraph, cause, log);
    return { data: null, errors: fault.errors ?? [] };
  };

  const toClientStep = (step: string | number) => {
    if (typeof step === 'number') return step;
    const name = withoutPlannerAlias(step);
    return requirements.fields.get(name)?.name ?? outerName(name);
  };

  /** Errors where clients see them: `places` are those of each object that was asked about. */
  const report = (
    run: Run,
    errors: readonly SubgraphError[],
    representations: readonly Data[],
    placesOf: (index: number) => readonly ResponsePath[],
  ) => {
    for (const error of errors) {
      // Each error of a subgraph may stand at thousands of places.
      if (run.errors.isFull) return;
      const inSubgraph = pathsInSubgraph(error, operation, representations);
      const inAnswer = inSubgraph.flatMap((at) =>
        operation.entitySelectionSet
          ? placesOf(Number(at[1])).map((place) => [...place, ...at.slice(2)])
          : placesOf(0).map((place) => [...place, ...at]),
      );
      for (const place of inAnswer) {
        if (run.errors.isFull) return;
        run.errors.add(toClientError(error, place.map(toClientStep), subgraph));
      }
    }
  };

  if (!readRepresentation) {
    return async (run) => {
      const targets = collectTargets(run.data, path);
      if (!targets.length) return;
      const { data, errors } = await send(run);
      report(run, errors, [], () => pathsOfTargets(run.data, path));
      if (!data) return;
      rewriteOutput?.(data);
      for (const target of targets) mergeInto(target, data);
    };
  }

  return async (run) => {
    const targets = collectTargets(run.data, path);
    const { representations, owners } = represent(targets, (target) => {
      const representation = readRepresentation(target, run.lost);
      if (!representation) return undefined;
      rewriteInput?.(representation);
      // The planner may also lead here what this subgraph was never meant to be asked about.
      return holdsKey(subgraph, representation) ? representation : undefined;
    });
    if (!representations.length) return;
    const { data, errors } = await send(run, representations);
    if (errors.length) {
      const places = pathsOfTargets(run.data, path);
      report(run, errors, representations, (index) =>
        (owners[index] ?? []).flatMap((target) => {
          const place = places[target];
          return place ? [place] : [];
        }),
      );
    }
    const given = data?.['_entities'];
    const entities: readonly unknown[] = Array.isArray(given) ? given : [];
    owners.forEach((indices, index) => {
      const entity = entities[index];
      const known = indices.map((owner) => targets[owner] ?? {});
      if (!isRecord(entity)) {
        if (errors.length) for (const target of known) run.lost.add(target);
        return;
      }
      // A subgraph that knows an entity by its interface only would rename it to that, and no
      // fragment on its concrete type would hold any more: it keeps the type that it had.
      const keepsType = !('__typename' in entity) || interfaces.has(entity['__typename']);
      if (keepsType && rewriteOutput) entity['__typename'] = known[0]?.['__typename'];
      rewriteOutput?.(entity);
      if (keepsType && '__typename' in entity) delete entity['__typename'];
      for (const target of known) mergeInto(target, entity);
    });
  };
}

/** What a fetch asks, and whom. */
export function describeFetch(
  { serviceName, operation, operationName, variableUsages = [] }: FetchNode,
  { requirements }: Pick<PlanCompiler, 'requirements'>,
) {
  const query = withRequiredFields(operation, requirements.fields);
  return {
    subgraph: requirements.subgraphs.get(serviceName) ?? serviceName,
    query,
    /** @param given Variables as the client gave them. */
    requestWith(given: Readonly<Data>, representations?: readonly Data[]): SubgraphRequest {
      const variables: Data = representations ? { representations } : {};
      for (const name of variableUsages) {
        if (given[name] !== undefined) variables[name] = given[name];
      }
      return { query, operationName, variables };
    },
  };
}

type SendFetch = (
  run: Run,
  representations?: readonly Data[],
) => Promise<{ data: SubgraphResult['data']; errors: readonly SubgraphError[] }>;

/** The names of all interfaces; of each schema they are gathered once. */
function interfaceNames(schema: GraphQLSchema): ReadonlySet<unknown> {
  const known = interfacesOf.get(schema);
  if (known) return known;
  const types = Object.values(schema.getTypeMap()).filter(isInterfaceType);
  const names = new Set<unknown>(types.map(({ name }) => name));
  interfacesOf.set(schema, names);
  return names;
}

const interfacesOf = new WeakMap<GraphQLSchema, ReadonlySet<unknown>>();

/** A text that no other representation of the same fetch has. Most are a type and an id. */
function keyOf(representation: Data): string {
  const { __typename: type, id } = representation;
  let count = 0;
  for (const _name in representation) count += 1;
  return count === 2 && typeof type === 'string' && typeof id === 'string'
    ? `${type} ${id}`
    : JSON.stringify(representation);
}

/** The different representations of `targets`, and which targets each stands for. */
function represent(targets: readonly Data[], read: (target: Data) => Data | undefined) {
  const representations: Data[] = [];
  const owners: number[][] = [];
  const known = new Map<string, number>();
  targets.forEach((target, index) => {
    const representation = read(target);
    if (!representation) return;
    const key = keyOf(representation);
    const place = known.get(key);
    if (place !== undefined) {
      owners[place]?.push(index);
      return;
    }
    known.set(key, representations.length);
    representations.push(representation);
    owners.push([index]);
  });
  return { representations, owners };
}

/**
 * Where in the subgraph's own answer an error stands: an error without a place, or with one among entities
 * that were not asked for, stands for all of it.
 */
function pathsInSubgraph(
  { path }: SubgraphError,
  operation: ReturnType<typeof readFetchOperation>,
  representations: readonly Data[],
): ResponsePath[] {
  const isWhole =
    !path || (operation.entitySelectionSet ? !representations[Number(path[1])] : !path.length);
  return isWhole ? fetchedPaths(operation, representations) : [path];
}

function toClientError(error: SubgraphError, path: ResponsePath, subgraph: string): GraphQLError {
  return new GraphQLError(error.message, {
    path,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName: subgraph },
    originalError: error instanceof Error ? error : undefined,
  });
}

import {
  collectCommands,
  type CollectedCommand,
} from '../../subgraphs/shared/seen/collectCommands.ts';
import type { Transport } from './Transport.ts';

/** One fetch of an operation, as it went. */
export interface PlanStep {
  subgraph: string;
  /** What it was asked. */
  query: string;
  /** Of how many entities, where it was asked for some by their keys. */
  entities?: number;
  /** Milliseconds after the operation began. */
  startMs: number;
  ms: number;
  /** What its database was sent for it; undefined where the subgraph is another process. */
  commands?: readonly CollectedCommand[];
  /** The code of what went wrong, if anything did. */
  code?: string;
}

const recorders = new WeakMap<object, (step: PlanStep) => void>();
const starts = new WeakMap<object, number>();

/** From now on the fetches of a client's request are recorded. Gives the list of them, which grows. */
export function recordSteps(clientRequest: object): PlanStep[] {
  const steps: PlanStep[] = [];
  recorders.set(clientRequest, (step) => steps.push(step));
  starts.set(clientRequest, performance.now());
  return steps;
}

/** A transport that records its fetches of those requests whose client is shown the plan. */
export function recordingSteps(transport: Transport, subgraph: string): Transport {
  return {
    ...transport,
    async fetch(request, options) {
      const record = recorders.get(options.clientRequest);
      if (!record) return transport.fetch(request, options);
      const start = performance.now();
      const { result, commands } = await collectCommands(() => transport.fetch(request, options));
      const representations = request.variables?.['representations'];
      const code = result.fault?.code ?? result.errors?.[0]?.extensions?.['code'];
      record({
        subgraph,
        query: request.query,
        ...(Array.isArray(representations) && { entities: representations.length }),
        startMs: round(start - (starts.get(options.clientRequest) ?? start)),
        ms: round(performance.now() - start),
        ...(transport.isTyped && { commands }),
        ...((code !== undefined || result.errors?.length) && {
          code: typeof code === 'string' ? code : 'ERROR',
        }),
      });
      return result;
    },
  };
}

const round = (ms: number) => Math.round(ms * 100) / 100;

import { collectCommands } from '../../subgraphs/shared/seen/collectCommands.ts';
import type { PlanStep, PlanSteps } from './PlanStep.ts';
import type { Transport } from './Transport.ts';

const records = new WeakMap<object, { start: number; steps: PlanStep[] }>();

/** From now on the fetches of a client's request are recorded. Gives what tells how it went so far. */
export function recordSteps(clientRequest: object): () => PlanSteps {
  const start = performance.now();
  const steps: PlanStep[] = [];
  records.set(clientRequest, { start, steps });
  return () => ({ ms: round(performance.now() - start), steps });
}

/** A transport that records its fetches of those requests whose client is shown the plan. */
export function recordingSteps(transport: Transport, subgraph: string): Transport {
  return {
    ...transport,
    async fetch(request, options) {
      const record = records.get(options.clientRequest);
      if (!record) return transport.fetch(request, options);
      const start = performance.now();
      const { result, commands } = await collectCommands(() => transport.fetch(request, options));
      const representations = request.variables?.['representations'];
      const code = result.fault?.code ?? result.errors?.[0]?.extensions?.['code'];
      record.steps.push({
        subgraph,
        query: request.query,
        ...(Array.isArray(representations) && { entities: representations.length }),
        startMs: round(start - record.start),
        ms: round(performance.now() - start),
        ...(transport.isTyped && {
          commands: commands.map((command) => ({ ...command, ms: round(command.ms) })),
        }),
        ...((code !== undefined || result.errors?.length) && {
          code: typeof code === 'string' ? code : 'ERROR',
        }),
      });
      return result;
    },
  };
}

const round = (ms: number) => Math.round(ms * 100) / 100;

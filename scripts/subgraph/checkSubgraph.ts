import { GraphQLError } from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { CheckSettings, WireSettings } from './CheckSettings.ts';
import { error, stepResult, type StepResult } from './StepResult.ts';
import { checkChanges } from './steps/checkChanges.ts';
import { checkComposition } from './steps/checkComposition.ts';
import { checkEntities } from './steps/checkEntities.ts';
import { checkGateway } from './steps/checkGateway.ts';
import { checkHttp } from './steps/checkHttp.ts';
import { checkLatency } from './steps/checkLatency.ts';
import { checkReach } from './steps/checkReach.ts';
import { checkSchema } from './steps/checkSchema.ts';
import { checkService } from './steps/checkService.ts';

/** What a check found. */
export interface CheckReport {
  name: string;
  ok: boolean;
  steps: StepResult[];
  /** Steps that were not taken, each with the reason. */
  skipped: { step: string; reason: string }[];
}

const OFFLINE_STEPS = ['compose', 'changes', 'gateway'];
const WIRE_STEPS = ['service', 'entities', 'latency', 'http'];

/** Checks a subgraph, step by step; what stands on a step that failed is not tried. */
export async function checkSubgraph(settings: CheckSettings): Promise<CheckReport> {
  const { name, url, sdl, source, timeoutMs } = settings;
  const steps: StepResult[] = [];
  const skipped: CheckReport['skipped'] = [];
  const skip = (names: string[], reason: string) =>
    skipped.push(...names.map((step) => ({ step, reason })));

  const reach = url ? await attempt('reach', () => checkReach({ url, timeoutMs })) : undefined;
  const { typeDefs, ...schema } = checkSchema(sdl, source);
  steps.push(schema);
  if (typeDefs) {
    const { compositions, ...composition } = checkComposition(settings);
    steps.push(composition);
    if (compositions) {
      steps.push(await checkChanges(compositions, settings.operationDirs));
      // What can't be reached answers the gateway no better.
      const running = reach?.ok ? settings : { ...settings, url: undefined };
      steps.push(await attempt('gateway', () => checkGateway(running, compositions, typeDefs)));
    } else skip(OFFLINE_STEPS.slice(1), 'it does not compose');
  } else skip(OFFLINE_STEPS, 'the schema can not be read');

  if (reach) steps.push(reach);
  if (!url) skip(['reach', ...WIRE_STEPS], 'no --url was given');
  else if (!reach?.ok) skip(WIRE_STEPS, 'the subgraph does not answer');
  else if (!typeDefs) skip(WIRE_STEPS, 'the schema can not be read');
  else {
    const wire: WireSettings = { ...settings, url, typeDefs };
    for (const [step, check] of Object.entries({
      service: checkService,
      entities: checkEntities,
      latency: checkLatency,
      http: checkHttp,
    })) {
      steps.push(await attempt(step, () => check(wire)));
    }
  }
  return { name, ok: steps.every(({ ok }) => ok), steps, skipped };
}

/** Takes a step; what keeps it from its end is its result. */
async function attempt(step: string, check: () => Promise<StepResult>): Promise<StepResult> {
  try {
    return await check();
  } catch (reason) {
    if (!(reason instanceof UserError || reason instanceof GraphQLError)) throw reason;
    return stepResult(step, [error(reason.message)]);
  }
}

import { UserError } from '../../../subgraphs/shared/UserError.ts';
import { composeSubgraphs } from '../../schema/composition.ts';
import type { CheckSettings, Compositions } from '../CheckSettings.ts';
import { servicesOf, withoutPartner, withPartner } from '../graph.ts';
import { error, note, stepResult, warning, type StepResult } from '../StepResult.ts';

/** Where a subgraph is said to run while it does not run. */
export const NOWHERE = 'http://127.0.0.1:9/graphql';

/** Composes the subgraph with all others. Without an error, the compositions without and with it are there. */
export function checkComposition({
  name,
  url = NOWHERE,
  sdl,
  graph,
}: CheckSettings): StepResult & { compositions?: Compositions } {
  const before = composeSubgraphs(servicesOf(graph));
  try {
    const after = composeSubgraphs(servicesOf(withPartner(graph, { name, url, sdl })));
    const isThere = graph.partners.some((partner) => partner.name === name);
    const others = withoutPartner(graph, name);
    const without = isThere ? composeSubgraphs(servicesOf(others)) : before;
    const known = new Set(without.warnings);
    const names = [...others.own, ...others.partners].map((other) => other.name);
    const messages = [
      ...after.warnings.filter((text) => !known.has(text)).map(warning),
      note(`composes with ${names.join(', ')}`),
    ];
    return { ...stepResult('compose', messages), compositions: { before, after } };
  } catch (reason) {
    if (!(reason instanceof UserError)) throw reason;
    return stepResult('compose', reason.hints.map(error));
  }
}

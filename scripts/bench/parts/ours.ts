import { readGatewayConfig } from '../../../gateway/config.ts';
import { startGateway } from '../../../gateway/gateway.ts';
import type { InProcessSubgraph } from '../../../gateway/transport/inProcess.ts';
import { startSubgraph } from '../../../subgraphs/shared/server.ts';
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts';

/** The product's gateway, with the settings of the environment. */
export const startOurGateway = (inProcess: readonly InProcessSubgraph[]) =>
  startGateway(readGatewayConfig(process.env), { inProcess });

/** One of the product's subgraphs as a service of its own. */
export function startOurSubgraph(subgraph: Subgraph) {
  return startSubgraph(subgraph, readGatewayConfig(process.env));
}

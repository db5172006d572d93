import { subgraphs } from '../../../subgraphs/index.ts';
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts';
import type { Request } from '../operations/createOperations.ts';
import type { PartSettings } from './PartSettings.ts';
import type { Stub } from './createStub.ts';

/** A server that answers the operations. */
export interface RunningRole {
  url: string;
  /** Takes the requests that will come, for one that understands no GraphQL. */
  expect?(requests: readonly Request[]): void;
}

const subgraphOf = ({ subgraph: wanted }: PartSettings): Subgraph => {
  const found = subgraphs.find(({ name }) => name === wanted);
  if (!found) throw new Error(`there is no subgraph ${wanted}`);
  return found;
};

/** Connects subgraphs, with the stub between them and their databases. */
async function connect(
  connected: readonly Subgraph[],
  { uri, databasePrefix, monitorCommands }: PartSettings,
  stub: Stub,
) {
  // As the product has it by default; the monoliths have the same data layer.
  const settings = { uri, databasePrefix, monitorCommands, directoryRows: 20_000 };
  for (const subgraph of connected) {
    await subgraph.connect(settings);
    if (monitorCommands) stub.follow(subgraph.database.getClient());
    for (const model of Object.values(subgraph.database.models)) {
      stub.wrap(`${subgraph.name} ${model.collection.name}`, model.collection);
    }
  }
}

/** Starts what a process is to be. Each loads only what it needs: its memory is measured. */
export async function startRole(settings: PartSettings, stub: Stub): Promise<RunningRole> {
  switch (settings.role) {
    case 'embedded': {
      await connect(subgraphs, settings, stub);
      const { startOurGateway } = await import('./ours.ts');
      return startOurGateway(subgraphs);
    }
    case 'gateway': {
      const { startOurGateway } = await import('./ours.ts');
      return startOurGateway([]);
    }
    case 'subgraph': {
      const subgraph = subgraphOf(settings);
      await connect([subgraph], settings, stub);
      const { startOurSubgraph } = await import('./ours.ts');
      return startOurSubgraph(subgraph);
    }
    case 'stock-subgraph': {
      const subgraph = subgraphOf(settings);
      await connect([subgraph], settings, stub);
      const { startStockSubgraph } = await import('./stock.ts');
      return startStockSubgraph(subgraph);
    }
    case 'stock-gateway': {
      const { startStockGateway } = await import('./stock.ts');
      return startStockGateway(settings.supergraphFile ?? '');
    }
    case 'hive': {
      const { startHive } = await import('../peers/hive/startHive.mjs');
      return startHive(settings.supergraphFile ?? '');
    }
    case 'yoga':
    case 'mercurius-jit': {
      await connect(subgraphs, settings, stub);
      const { createMonolith } = await import('../monolith.ts');
      const monolith = createMonolith(subgraphs);
      if (settings.role === 'yoga') {
        const { startYoga } = await import('../peers/yoga.mjs');
        return startYoga(monolith);
      }
      const { startMercurius } = await import('../peers/mercurius.mjs');
      return startMercurius(monolith);
    }
    case 'limit': {
      const { startLimit } = await import('./limit.ts');
      return startLimit(settings, stub);
    }
    case 'records': {
      const { startRecords } = await import('./startRecords.ts');
      return startRecords(settings.records ?? 0);
    }
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { subgraphServices } from '../../subgraphs/services.ts';
import type { VariantName } from './names.ts';
import type { Order } from './part.ts';
import type { PartSettings, Role } from './parts/PartSettings.ts';
import type { ReadCounts } from './parts/createStub.ts';
import { startPart, type Part } from './startPart.ts';

/** A variant that runs, in one process or several. */
export interface Variant {
  name: VariantName;
  coalescing: boolean;
  url: string;
  /** Has all its processes carry out an order; gives the sum of what they have used. */
  tell(order: Order): Promise<VariantUsage>;
  stop(): Promise<void>;
}

export interface VariantUsage extends ReadCounts {
  cpuMs: number;
  rssMb: number;
}

export interface VariantSettings extends Pick<
  PartSettings,
  'uri' | 'databasePrefix' | 'monitorCommands'
> {
  name: VariantName;
  coalescing: boolean;
  /** Where to write the supergraph with the addresses that the subgraphs turn out to have. */
  folder: string;
}

const supergraphFile = new URL('../../schema/supergraph.graphql', import.meta.url);

/** Who asks is on this machine, which is not counted as a rule: here it is, as others would be. */
const GUARDED = {
  RATE_LIMIT_PER_S: '1000000',
  COST_BUCKET: '1000000000',
  COST_RESTORE_PER_S: '1000000000',
};
/** Nobody is counted, and anything may be asked. */
const UNGUARDED = {
  RATE_LIMIT_PER_S: '0',
  WRONG_KEYS_PER_MINUTE: '0',
  COST_LIMIT: '0',
  COST_BUCKET: '0',
  COST_REPORT: 'never',
};

/** Which roles a gateway over HTTP and its subgraphs have. */
const distributed: Partial<Record<VariantName, { gateway: Role; subgraphs: Role }>> = {
  distributed: { gateway: 'gateway', subgraphs: 'subgraph' },
  stock: { gateway: 'stock-gateway', subgraphs: 'stock-subgraph' },
  // Over our own subgraphs: they are the quicker ones.
  hive: { gateway: 'hive', subgraphs: 'subgraph' },
};

/** Starts all processes of a variant; what is asked of the last one is what clients ask. */
export async function startVariant(settings: VariantSettings): Promise<Variant> {
  const { name, coalescing, folder, ...database } = settings;
  const environment = {
    COALESCE: String(coalescing),
    ...(name === 'unguarded' ? UNGUARDED : GUARDED),
  };
  const parts: Part[] = [];
  const start = async (part: Pick<PartSettings, 'role' | 'subgraph' | 'supergraphFile'>) => {
    const started = await startPart({ ...part, ...database }, environment);
    parts.push(started);
    return started.url;
  };

  const roles = distributed[name];
  if (roles) {
    let supergraph = await readFile(supergraphFile, 'utf8');
    for (const { name: subgraph, port } of subgraphServices) {
      const url = await start({ role: roles.subgraphs, subgraph });
      supergraph = supergraph.replace(`http://127.0.0.1:${port}/graphql`, url);
    }
    const file = join(folder, `supergraph-${name}.graphql`);
    await writeFile(file, supergraph);
    await start({ role: roles.gateway, supergraphFile: file });
  } else {
    await start({ role: toRole(name) });
  }

  return {
    name,
    coalescing,
    url: parts.at(-1)?.url ?? '',
    async tell(order) {
      const usages = await Promise.all(parts.map((part) => part.tell(order)));
      const sum = (field: keyof VariantUsage) =>
        usages.reduce((total, usage) => total + usage[field], 0);
      return {
        cpuMs: sum('cpuMs'),
        rssMb: sum('rssMb'),
        reads: sum('reads'),
        misses: sum('misses'),
        commands: sum('commands'),
      };
    },
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

function toRole(name: VariantName): Role {
  if (name === 'distributed' || name === 'stock') throw new Error(`${name} is several processes`);
  return name === 'unguarded' ? 'embedded' : name;
}

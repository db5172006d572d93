import { createStub, type ReadCounts, type StubMode } from './parts/createStub.ts';
import type { PartSettings } from './parts/PartSettings.ts';
import { startRole } from './parts/startRole.ts';
import type { Request } from './operations/createOperations.ts';

/** What the one who measures may ask of a process. */
export type Order =
  | { order: 'usage' }
  | { order: 'expect'; requests: readonly Request[] }
  | { order: 'stub'; mode: StubMode };

/** What a process has used since it started, and holds now. */
export interface Usage extends ReadCounts {
  cpuMs: number;
  rssMb: number;
}

/** An order with a number, which comes back with the reply; number 0 is the reply to the start. */
export type Message = Order & { id: number };
export type Reply = { id: number; url?: string; usage: Usage };

const stub = createStub();

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss } = process.memoryUsage();
  return { cpuMs: (user + system) / 1_000, rssMb: rss / 2 ** 20, ...stub.counts() };
}

const reply = (answer: Omit<Reply, 'usage'>) => process.send?.({ ...answer, usage: usage() });

/** One process of a variant: it starts as its one argument says, and takes orders from its parent. */
async function main(): Promise<void> {
  // However the parent ends, this ends with it.
  process.on('disconnect', () => process.exit(0));
  const settings = JSON.parse(process.argv[2] ?? '') as PartSettings;
  const { url, expect } = await startRole(settings, stub);
  process.on('message', (message: Message) => {
    if (message.order === 'stub') stub.setMode(message.mode);
    if (message.order === 'expect') expect?.(message.requests);
    reply({ id: message.id });
  });
  reply({ id: 0, url });
}

await main();

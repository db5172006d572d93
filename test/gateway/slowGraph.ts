import { createSubgraph, startTestGateway } from './kit.ts';

/** A gateway with a field that answers when the test says so, and one that answers with as much text as is asked for. */
export async function startSlowGateway(env: Record<string, string> = {}) {
  const waiting: (() => void)[] = [];
  let begun = 0;
  let isReleased = false;
  const slow = createSubgraph(
    'slow',
    'type Query { slow(id: Int): Int, text(kB: Int!): String, quick: Int }',
    {
      Query: {
        quick: () => 1,
        text: (_: unknown, { kB }: { kB: number }) => 'x'.repeat(kB * 1024),
        slow: (_: unknown, { id }: { id?: number }) => {
          begun += 1;
          if (isReleased) return id ?? 0;
          return new Promise<number>((resolve) => waiting.push(() => resolve(id ?? 0)));
        },
      },
    },
  );
  const gateway = await startTestGateway({ subgraphs: [slow], inProcess: [slow], env });
  return {
    ...gateway,
    /** How many have begun to wait so far. */
    begun: () => begun,
    /** Lets all go on, those to come as well. */
    release() {
      isReleased = true;
      for (const go of waiting.splice(0)) go();
    },
    /** Lets the one go on that has waited longest. */
    releaseOne: () => waiting.shift()?.(),
  };
}

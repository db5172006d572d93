import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { runRecorded } from '../helpers/runRecorded.ts';
import { serveSubgraphs } from '../helpers/serveSubgraphs.ts';

/** Our gateway and Hive Gateway, both over HTTP to the same three subgraphs, by the same supergraph. */
export async function startEngines() {
  const subgraphs = await serveSubgraphs();
  const folder = await mkdtemp(join(tmpdir(), 'portability-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, await subgraphs.supergraph());
  const ours = await startGateway(
    // What is tested here is never how long it takes: the slowest rung of the ladder may be busy.
    readGatewayConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      SUPERGRAPH_FILE: file,
      SUBGRAPH_TIMEOUT_MS: '60000',
    }),
  );
  // Hive Gateway reads the same variable, and knows no `silent`.
  const hive = runRecorded(new URL('runHive.ts', import.meta.url), [file], { LOG_LEVEL: 'error' });
  return {
    ours: ours.url,
    hive: await hive.ready(),
    subgraphs,
    /** What the process of Hive Gateway has printed: its own line and every attempt to reach out. */
    hiveLines: hive.lines,
    async close() {
      // Told politely, it would serve on as long as anything listens.
      hive.child.kill('SIGKILL');
      await hive.ended;
      await ours.close();
      await subgraphs.close();
      await rm(folder, { recursive: true });
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { readConfig } from './config.ts';
import { provideDatabase } from './database/provideDatabase.ts';
import { ensurePages } from './pages/ensurePages.ts';
import { runService, type Service } from './runService.ts';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');

/** `npm run dev`: as `npm start`, and anew whenever a source file changes. The database runs on. */
async function start(): Promise<Service> {
  const { mongodbUri, dataDir, gateway } = readConfig(process.env);
  if (gateway.landingPage) await ensurePages(console.log);
  const database = await provideDatabase({ mongodbUri, dataDir, log: console.log });
  const watched = ['--include', 'schema/shared.graphql', '--include', 'subgraphs/*/schema.graphql'];
  const graph = spawn(
    process.execPath,
    [tsx, 'watch', '--clear-screen=false', ...watched, 'scripts/devGraph.ts'],
    { stdio: 'inherit', env: { ...process.env, MONGODB_URI: database.uri } },
  );
  const ended = once(graph, 'exit').then(() => 'the graph has ended');
  return {
    lost: Promise.race([database.exited, ended]),
    async close() {
      graph.kill('SIGTERM');
      await ended;
      await database.close();
    },
  };
}

await runService(start);

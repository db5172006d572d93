import { UserError } from '../subgraphs/shared/UserError.ts';
import { runMain } from './runMain.ts';

/** `npm run build`: makes the pages that a browser loads from the gateway. `npm start` does it when they are stale. */
await runMain(async () => {
  const { buildPages } = await import('./pages/buildPages.ts').catch((error: unknown) => {
    throw new UserError('the packages that build the pages are missing: run npm ci', [], {
      cause: error,
    });
  });
  for (const { name, gzippedBytes } of await buildPages()) {
    console.log(`${name}: ${Math.round(gzippedBytes / 1024)} kB gzipped`);
  }
});

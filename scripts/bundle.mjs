import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/*
 * node scripts/bundle.mjs scripts/start.ts
 * Writes JavaScript and prints where. A loader such as tsx's would make it on the way, but would keep a thread
 * and the sources in memory for as long as the script runs.
 */

/** Bundles are kept here under names made of their content: equal ones are written once. */
const folder = fileURLToPath(new URL('../node_modules/.cache/antq-graph/', import.meta.url));

/** Whatever file a module ends up in, it finds what lies beside its source. */
const keepUrls = {
  name: 'keep-urls',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\.m?ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
    }));
    // JavaScript runs from where it is, with the packages that it has there.
    onResolve({ filter: /^\.\.?\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};

/** Makes JavaScript of a TypeScript file and all of ours that it imports; packages stay outside. Gives the file. */
async function bundle(script) {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outdir: folder,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    outExtension: { '.js': '.mjs' },
    write: false,
    logLevel: 'silent',
    plugins: [keepUrls],
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    if (existsSync(path)) continue;
    // Others that start at the same time must not read half of it.
    const draft = join(dirname(path), `${process.pid}-${basename(path)}`);
    writeFileSync(draft, contents);
    renameSync(draft, path);
  }
  const name = basename(script).replace(/\.m?ts$/, '');
  const entry = outputFiles.find(({ path }) => basename(path).startsWith(`${name}-`));
  if (!entry) throw new Error(`nothing was made of ${script}`);
  return entry.path;
}

try {
  process.stdout.write(await bundle(process.argv[2]));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { PAGES_DIR, stampOfSources } from './stampOfSources.ts';

/** What a browser loads for a page: names of files in the folder of pages, and their weight. */
export interface BuiltPage {
  name: string;
  /** Bytes of the page, and of what it loads at once, as they travel. */
  gzippedBytes: number;
}

const sources = fileURLToPath(new URL('../../gateway/pages/', import.meta.url));

/** Programs that pages run beside themselves, in threads of their own. */
const workers = {
  'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
  'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
};

const SMALL_ENOUGH = 1_000;
const compressible = /\.(js|css|html|svg|json)$/;

/**
 * Makes the pages of `gateway/pages/` into files that a browser loads from the gateway alone: one HTML file each, and
 * beside them, under names made of their content, what they load, compressed as well. Replaces what was made before.
 * Rejects with esbuild's error when a page is no good.
 */
export async function buildPages(): Promise<BuiltPage[]> {
  const stamp = await stampOfSources();
  const pages = (await readdir(sources, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  const draft = `${PAGES_DIR}-${process.pid}`;
  const settings = {
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: join(draft, 'assets'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    legalComments: 'linked',
    metafile: true,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [withoutFontsOfEditor],
  } satisfies BuildOptions;

  try {
    const threads = await build({ ...settings, entryPoints: workers });
    const { metafile } = await build({
      ...settings,
      splitting: true,
      entryPoints: Object.fromEntries(pages.map((page) => [page, join(sources, page, 'main.tsx')])),
      loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'file' },
      define: { ...settings.define, WORKER_FILES: JSON.stringify(namesOf(threads.metafile)) },
    });
    const loaded = new Map<string, string[]>();
    for (const page of pages) {
      const files = loadedAtOnce(metafile, page);
      loaded.set(page, [join(draft, `${page}.html`), ...files]);
      const html = await readFile(join(sources, page, 'index.html'), 'utf8');
      const tags = files.map((file) =>
        file.endsWith('.css')
          ? `<link rel="stylesheet" href="/assets/${basename(file)}">`
          : file === files[0]
            ? `<script type="module" src="/assets/${basename(file)}"></script>`
            : `<link rel="modulepreload" href="/assets/${basename(file)}">`,
      );
      await writeFile(
        join(draft, `${page}.html`),
        html.replace('<!-- assets -->', tags.join('\n')),
      );
    }
    await compressAll(draft);
    const built = await Promise.all(
      [...loaded].map(async ([name, files]) => {
        const sizes = await Promise.all(files.map(travellingBytes));
        return { name, gzippedBytes: sizes.reduce((sum, size) => sum + size, 0) };
      }),
    );
    await writeFile(join(draft, 'stamp'), stamp);
    await rm(PAGES_DIR, { recursive: true, force: true });
    await mkdir(dirname(PAGES_DIR), { recursive: true });
    await rename(draft, PAGES_DIR);
    return built;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** GraphiQL brings Fira Code and Roboto in its style: the first breaks Vietnamese marks, so pages bring their own. */
const withoutFontsOfEditor: Plugin = {
  name: 'without-fonts-of-editor',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]graphiql[\\/].*\.css$/ }, async ({ path }) => ({
      loader: 'css',
      contents: (await readFile(path, 'utf8')).replace(
        /@font-face\s*\{[^}]*font-family:\s*["']?(Fira Code|Roboto)[^}]*\}/g,
        '',
      ),
    }));
  },
};

/** The script of a page first, then its style, then the scripts that it imports as it begins. */
function loadedAtOnce({ outputs }: Metafile, page: string): string[] {
  const entry = Object.entries(outputs).find(
    ([, { entryPoint }]) => entryPoint && join(sources, page, 'main.tsx').endsWith(entryPoint),
  );
  if (!entry) throw new Error(`nothing was made of the page ${page}`);
  const found = new Set<string>();
  const add = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    for (const { kind, path } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') add(path);
    }
  };
  add(entry[0]);
  const { cssBundle } = entry[1];
  return [
    entry[0],
    ...(cssBundle ? [cssBundle] : []),
    ...[...found].filter((file) => file !== entry[0]),
  ];
}

/** The files of entry points, by the names that these have. */
function namesOf({ outputs }: Metafile): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([, { entryPoint }]) => entryPoint)
      .map(([file]) => [basename(file).replace(/-[^-]+$/, ''), basename(file)]),
  );
}

/** How large a file is as it travels; small ones are not compressed. */
async function travellingBytes(file: string): Promise<number> {
  const { size } = await stat(`${file}.gz`).catch(() => stat(file));
  return size;
}

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** Writes each file that gains by it a second and a third time, for browsers that take them smaller. */
async function compressAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    const content = await readFile(file);
    if (content.length < SMALL_ENOUGH) continue;
    await writeFile(`${file}.gz`, await gzipped(content));
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    await writeFile(`${file}.br`, await brotlied(content, { params: quality }));
  }
}

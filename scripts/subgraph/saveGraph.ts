import { copyFile, readFile } from 'node:fs/promises';
import type { Composition } from '../schema/composition.ts';
import { graphFiles } from './graph.ts';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';

/**
 * Writes the composed graph into its folder, each file as a whole, and keeps what was there as `….previous`.
 * @returns the files that were kept.
 */
export async function saveGraph(
  folder: string,
  { supergraph, api }: Composition,
): Promise<string[]> {
  const files = graphFiles(folder);
  const kept: string[] = [];
  for (const [file, content] of [
    [files.api, api],
    [files.supergraph, supergraph],
  ] as const) {
    const before = await readFile(file, 'utf8').catch(() => undefined);
    const text = `# Composed by npm run subgraph:add. Do not edit.\n${content.trimEnd()}\n`;
    if (before === text) continue;
    if (before !== undefined) {
      await copyFile(file, `${file}.previous`);
      kept.push(`${file}.previous`);
    }
    await writeWhole(file, text);
  }
  return kept;
}

/** What to do next, and how to go back. */
export const describeSaved = (folder: string, kept: readonly string[], undo: string): string => {
  const { supergraph } = graphFiles(folder);
  return [
    `wrote ${supergraph}`,
    ...(kept.length ? [`kept the one before: ${kept.join(', ')}`] : []),
    `serve it:  SUPERGRAPH_FILE=${supergraph} npm start`,
    `go back:   ${undo}`,
  ].join('\n');
};

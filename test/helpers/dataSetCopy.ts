import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ORIGINAL = new URL('../../scripts/seed/', import.meta.url);

/** A record of a fact file as it stands there. */
export type RawRecord = Record<string, unknown> & { id: string };

/** A copy of the data set in a folder of its own, to be changed. */
export async function copyDataSet() {
  const path = await mkdtemp(join(tmpdir(), 'facts-'));
  const folder = pathToFileURL(`${path}/`);
  for (const part of ['facts', 'place-enrichment.json']) {
    await cp(new URL(part, ORIGINAL), new URL(part, folder), { recursive: true });
  }
  const fileOf = (name: string) =>
    new URL(name === 'place-enrichment' ? `${name}.json` : `facts/${name}.json`, folder);

  return {
    folder,
    /** Changes the records of a file: what `change` gives takes their place, or the list itself when it gives none. */
    async change(
      name: string,
      change: (records: RawRecord[]) => RawRecord[] | void,
    ): Promise<void> {
      const content = JSON.parse(await readFile(fileOf(name), 'utf8')) as { records: RawRecord[] };
      const records = change(content.records) ?? content.records;
      await writeFile(fileOf(name), JSON.stringify({ ...content, records }));
    },
    write: (name: string, text: string) => writeFile(fileOf(name), text),
    remove: () => rm(path, { recursive: true }),
  };
}

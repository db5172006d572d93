import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({
  /** The name of the rung that it stands on. */
  rung: z.string(),
  pid: z.number(),
  port: z.number(),
  uri: z.string(),
  /** Where its guard lets others hold it. */
  guardPort: z.number(),
  storage: z.string(),
});

/** What `database.json` in the data folder says of the database that was started there last. */
export type DatabaseRecord = z.infer<typeof recordSchema>;

/** Reads the record; null when there is none, or none that makes sense. */
export async function readRecord(folder: string): Promise<DatabaseRecord | null> {
  try {
    const text = await readFile(recordFile(folder), 'utf8');
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Writes the record, as a whole or not at all. */
export async function writeRecord(folder: string, record: DatabaseRecord): Promise<void> {
  const file = recordFile(folder);
  await writeFile(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

function recordFile(folder: string): string {
  return join(folder, 'database.json');
}

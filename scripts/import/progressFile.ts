import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';
import { tallySchema } from './Tally.ts';

const writtenSchema = z.object({ file: z.string(), bytes: z.number() });

/** How far a run has come: written after each batch, beside the file. */
const progressSchema = z.object({
  kind: z.string(),
  agencyId: z.string(),
  url: z.string(),
  /** Where the first row begins that was not acknowledged. */
  line: z.number(),
  offset: z.number(),
  /** SHA-256 of the file up to there. */
  hash: z.string(),
  tally: tallySchema,
  /** The files that were written, with how much of each belongs to the rows up to there. */
  refused: writtenSchema.nullable(),
  report: writtenSchema.nullable(),
});

export type Progress = z.output<typeof progressSchema>;

export const progressPath = (file: string) => `${file}.progress.json`;

/** What an earlier run has left; null when there is nothing, or nothing that can be read. */
export async function readProgress(file: string): Promise<Progress | null> {
  try {
    return progressSchema.parse(JSON.parse(await readFile(progressPath(file), 'utf8')));
  } catch {
    return null;
  }
}

export const writeProgress = (file: string, progress: Progress): Promise<void> =>
  writeWhole(progressPath(file), `${JSON.stringify(progress, null, 2)}\n`);

export const removeProgress = (file: string) => rm(progressPath(file), { force: true });

/** Adds a stretch of a file to a hash. */
export async function hashStretch(
  hash: Hash,
  file: string,
  from: number,
  to: number,
): Promise<void> {
  if (to <= from) return;
  for await (const chunk of createReadStream(file, { start: from, end: to - 1 })) {
    hash.update(chunk as Buffer);
  }
}

/** The hash of the beginning of a file; it can be added to. */
export async function hashBeginning(file: string, length: number): Promise<Hash> {
  const hash = createHash('sha256');
  await hashStretch(hash, file, 0, length);
  return hash;
}

import type { Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hashBeginning, readProgress, type Progress } from './progressFile.ts';
import type { Task } from './readFlags.ts';

/** Where a run begins: what an earlier one has left, and the hash of the file up to there. */
export interface Start {
  before: Progress | null;
  hash: Hash;
}

/** Why a run can't go on where an earlier one was broken off; null when it can. */
function reasonAgainst(task: Task, progress: Progress, hash: Hash): string | null {
  const { kind, agencyId, url, refused, report } = progress;
  if (hash.copy().digest('hex') !== progress.hash) return 'the file has changed since';
  if (kind !== task.kind || agencyId !== task.agencyId || url !== task.url) {
    return 'it was for another kind, agency or address';
  }
  const isGone = [refused, report].some((each) => each && !existsSync(each.file));
  return isGone ? 'a file that it wrote is gone' : null;
}

/** Finds where an earlier run of the same task was broken off; else it begins with the file. */
export async function findStart(task: Task, log: (line: string) => void): Promise<Start> {
  const before = task.restart || task.dryRun ? null : await readProgress(task.file);
  if (before) {
    const hash = await hashBeginning(task.file, before.offset);
    const reason = reasonAgainst(task, before, hash);
    if (!reason) {
      log(`import: goes on at line ${before.line}, where an earlier run was broken off`);
      return { before, hash };
    }
    log(`import: begins anew: an earlier run was broken off, but ${reason}`);
  }
  return { before: null, hash: await hashBeginning(task.file, 0) };
}

import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import { foldToWords } from '../search.ts';
import type { AuditEntryModel } from './AuditEntry.ts';
import { ID_PATTERN } from './fields.ts';
import type { RecordKind, StoredRow } from './RecordKind.ts';
import type { Writing } from './Writing.ts';

/** So often it is tried to number a name before a random end is taken. */
const CROWDED = 2;
/** So many records of one name have a number: of thousands, each would try those of all before it. */
const MOST_NUMBERED = 9;

/** Checks and makes the ids of records of one kind, in one attempt to write. */
export function recordIds<TTargets extends object, TRow extends StoredRow, TStated extends object>(
  kind: RecordKind<TTargets, TRow, TStated>,
  auditEntries: AuditEntryModel,
  writing: Writing<TTargets>,
) {
  const isTaken = async (_id: string): Promise<boolean> => {
    const [row] = await writing.rows(kind.model as unknown as Model<TRow>, { _id });
    if (row) return true;
    // A withdrawn record keeps its id: whoever cites it must not find another one.
    const [entry] = await writing.rows(auditEntries, { recordId: _id });
    return entry !== undefined;
  };

  return {
    /** Refuses an id that was given when it is of another kind or taken. */
    async check(given: string): Promise<void> {
      const { idPrefixes } = kind;
      if (!idPrefixes.some((prefix) => given.startsWith(`${prefix}-`))) {
        const message = `must begin with ${idPrefixes.map((prefix) => `${prefix}-`).join(' or ')}`;
        writing.refuse('INVALID', 'id', message);
      } else if (await isTaken(given)) {
        writing.refuse('TAKEN', 'id', `${given} is taken: choose another id, or leave it out`);
      }
    },

    /** Makes an id of the Vietnamese name, with a number behind it where that is taken. */
    async make(stated: TStated, tries: number): Promise<string> {
      if (kind.makeId) return kind.makeId(stated, writing);
      const { name } = stated as { name?: { vi: string } };
      const words = foldToWords(kind.nameOf?.(stated) ?? name?.vi ?? '');
      const plain = words.map((word) => word.replace(/[^a-z0-9]/g, '')).filter(Boolean);
      const prefix = kind.prefixOf?.(stated) ?? kind.idPrefixes[0];
      const base = [prefix, ...plain].join('-').slice(0, 100).replace(/-$/, '');
      for (let number = 1; ; number += 1) {
        // Where many want the next number at once, each takes one of its own.
        const isCrowded = tries > CROWDED || number > MOST_NUMBERED;
        const suffix = isCrowded ? randomUUID().slice(0, 8) : number;
        const _id = suffix === 1 ? base : `${base}-${suffix}`;
        if (ID_PATTERN.test(_id) && !(await isTaken(_id))) return _id;
      }
    },
  };
}

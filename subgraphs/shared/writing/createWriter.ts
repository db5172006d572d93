import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Connection, Model } from 'mongoose';
import type { z } from 'zod';
import type { AnyModel } from '../AnyModel.ts';
import type { WatchedDirectory } from '../createDirectory.ts';
import { forbidden } from '../errors.ts';
import { isRecord } from '../isRecord.ts';
import { foldToWords } from '../search.ts';
import type { Viewer } from '../Viewer.ts';
import type { AuditEntryModel, AuditEntryRow, Operation } from './AuditEntry.ts';
import { citation, id as idSchema, text, type Citation } from './fields.ts';
import {
  findKey,
  hashOf,
  KEY_REUSED,
  keyProblem,
  noteKey,
  type IdempotencyKeyModel,
} from './idempotency.ts';
import { mayWrite, requireWriter, type Chain } from './mayWrite.ts';
import type { Problem } from './Problem.ts';
import { readInput, valuesAt } from './readInput.ts';
import type { About, RecordKind, StoredCitation, StoredRow } from './RecordKind.ts';
import type { KnownOrganization, KnownSource } from './references.ts';
import { ownersBy } from './rules.ts';
import { withoutUndefined } from './withoutUndefined.ts';
import { toProblems } from './toProblems.ts';
import { inTransaction } from './transaction.ts';
import { beginWriting, type AlsoWritten, type Lookups, type Writing } from './Writing.ts';

/** One write as it is asked for, through GraphQL or not. */
export interface WriteRequest {
  operation: Operation;
  /** Of the record; none for CREATE, whose input may have one. */
  id?: string | null | undefined;
  /** The version that the author has seen; for all but CREATE. */
  version?: number | null | undefined;
  input?: unknown;
  /** The citation that the write rests on; CREATE has it in `input.provenance`. */
  source?: unknown;
  /** Why; for CORRECT and WITHDRAW. */
  reason?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** What came of a write. */
export interface WriteResult<TRow> {
  /** The record as it was written; after WITHDRAW as it last stood; with CONFLICT as it stands; else null. */
  row: TRow | null;
  problems: readonly Problem[];
  /** Whether it had been written before, with the same idempotency key. */
  isRepeated?: boolean;
}

/** How a write may differ from one that comes by itself. */
export interface WriteManner {
  /** Find out what would come of it, and write nothing. */
  isTrial?: boolean;
  /** Let the idempotency key stand for good. */
  keepsKey?: boolean;
}

/** Targets that the engine itself looks up. */
export interface CommonTargets {
  organization: KnownOrganization;
  source: KnownSource;
}

/** What a subgraph is written through. */
export interface WriterDefinition<TTargets extends CommonTargets> {
  subgraph: string;
  database: Connection;
  auditEntries: AuditEntryModel;
  idempotencyKeys: IdempotencyKeyModel;
  /** Where copies of sources stand. */
  sources: AnyModel;
  lookups: Lookups<TTargets>;
  directories: readonly WatchedDirectory[];
}

/** So many records of one name have numbers in their ids. */
const MOST_NUMBERED = 9;

const problem = (code: Problem['code'], message: string, ...path: string[]): Problem => ({
  code,
  message,
  path,
});

/**
 * Makes the function that writes one record of a subgraph: it checks who asks and what, derives the row, and
 * writes it with its audit entry and the idempotency key in one transaction. What the author can mend comes
 * as problems, all at once; then nothing was written. Throws `UNAUTHENTICATED` and `FORBIDDEN` before it
 * says anything of the record or the input, and `UNAVAILABLE` when the database or another service is away.
 */
export function createWriter<TTargets extends CommonTargets>(
  definition: WriterDefinition<TTargets>,
) {
  const { subgraph, database, idempotencyKeys, directories } = definition;
  return async function write<TRow extends StoredRow, TStated extends object>(
    kind: RecordKind<TTargets, TRow, TStated>,
    request: WriteRequest,
    viewer: Viewer,
    { isTrial = false, keepsKey = false }: WriteManner = {},
  ): Promise<WriteResult<TRow>> {
    requireWriter(viewer, kind.anyScope ? null : subgraph);
    const { idempotencyKey, ...asked } = request;
    const wrongKey = typeof idempotencyKey === 'string' ? keyProblem(idempotencyKey) : null;
    if (wrongKey) return { row: null, problems: [wrongKey] };
    const key = idempotencyKey ? `${viewer.agency ?? viewer.subject}|${idempotencyKey}` : null;
    const hash = hashOf({ type: kind.type, ...asked });
    let written: readonly AlsoWritten[] = [];
    const result = await inTransaction(database, async (session): Promise<WriteResult<TRow>> => {
      written = [];
      const known = key && (await findKey(idempotencyKeys, key, session));
      if (known) {
        if (known.hash !== hash) return { row: null, problems: [KEY_REUSED] };
        const found = await definition.auditEntries.collection.findOne(
          { _id: known.entryId as never },
          { session },
        );
        const entry = found as AuditEntryRow | null;
        const row = (entry?.after ?? entry?.before ?? null) as TRow | null;
        return { row, problems: [], isRepeated: true };
      }
      const writing = beginWriting(session, definition.lookups);
      const attempt = new Attempt(definition, kind, request, viewer, writing);
      const outcome = await attempt.run();
      if (isTrial) await session.abortTransaction();
      if (isTrial || outcome.problems.length) return outcome;
      written = attempt.written;
      if (key) {
        const { entryId } = attempt;
        const at = keepsKey ? null : new Date();
        await noteKey(idempotencyKeys, { _id: key, hash, entryId, at }, session);
      }
      return outcome;
    });
    // Whoever asks this process next sees it, however late the change stream is.
    for (const { model, before, after } of written) {
      const directory = directories.find((each) => each.collection === model.collection.name);
      directory?.forget((after ?? before)?._id ?? '');
    }
    return result;
  };
}

/** One attempt at one write: the steps in their order. */
class Attempt<TTargets extends CommonTargets, TRow extends StoredRow, TStated extends object> {
  readonly written: AlsoWritten[] = [];
  entryId = '';
  private readonly definition: WriterDefinition<TTargets>;
  private readonly kind: RecordKind<TTargets, TRow, TStated>;
  private readonly request: WriteRequest;
  private readonly viewer: Viewer;
  private readonly writing: Writing<TTargets>;
  private citations: StoredCitation[] = [];
  private reason: string | null = null;
  private readonly owners: Chain[] = [];

  constructor(
    definition: WriterDefinition<TTargets>,
    kind: RecordKind<TTargets, TRow, TStated>,
    request: WriteRequest,
    viewer: Viewer,
    writing: Writing<TTargets>,
  ) {
    this.definition = definition;
    this.kind = kind;
    this.request = request;
    this.viewer = viewer;
    this.writing = writing;
  }

  async run(): Promise<WriteResult<TRow>> {
    const { operation, input } = this.request;
    if (operation === 'CREATE') return this.create(input);
    const before = await this.existing();
    if (!before) return this.refused();
    const changed = operation === 'WITHDRAW' ? {} : this.read(this.kind.changeShape, input, true);
    const stated = this.kind.statedOf(before);
    await this.requireOwner(stated, {
      id: before._id,
      before: stated,
      changed: changed as Partial<TStated>,
    });
    if (before.version !== this.request.version) {
      const message =
        `is at version ${before.version} now, not ${this.request.version}: ` +
        'look at what changed, then send the change again with that version';
      this.writing.problems.splice(0);
      this.writing.problems.push(problem('CONFLICT', message, 'version'));
      return { row: before, problems: this.writing.problems };
    }
    await this.readGrounds();
    return operation === 'WITHDRAW'
      ? this.withdraw(before)
      : this.change(before, stated, changed, input);
  }

  /** Rows of the kind; its collection holds no others. */
  private rowsOf(filter: object): Promise<TRow[]> {
    return this.writing.rows(this.kind.model as unknown as Model<TRow>, filter);
  }

  private refused(): WriteResult<TRow> {
    return { row: null, problems: this.writing.problems };
  }

  /** Reads the fields of the input; what is wrong with it is told only to whom the record belongs. */
  private read(shape: z.ZodObject, input: unknown, onlyGiven = false): Record<string, unknown> {
    const { fields, problems } = readInput(shape, input, onlyGiven);
    this.writing.problems.push(...problems);
    return fields;
  }

  private async existing(): Promise<TRow | null> {
    const { id } = this.request;
    const [row] = id ? await this.rowsOf({ _id: id }) : [];
    if (row) return row;
    const message = `there is no such record${id ? `: ${id} is unknown or was withdrawn` : ''}`;
    this.writing.problems.push(problem('NOT_FOUND', message, 'id'));
    return null;
  }

  /** Throws `FORBIDDEN` unless what is stated makes the record one of the viewer's. */
  private async requireOwner(
    stated: Partial<TStated>,
    about: Omit<About<TStated>, 'agency'>,
  ): Promise<void> {
    const { agency } = this.viewer;
    const ids: string[] = [];
    for (const word of ownersBy[this.kind.type]) {
      ids.push(
        ...((await this.kind.owners[word]?.(stated, { ...about, agency }, this.writing)) ?? []),
      );
    }
    const organizations = await this.writing.find('organization', ids);
    const chains = [...organizations.values()].map(({ chain }) => chain);
    this.owners.push(...chains);
    if (mayWrite(this.viewer, chains)) return;
    throw forbidden(
      `This ${this.kind.type} does not belong to ${agency ?? 'you'} or one of its branches, ` +
        'as it is or as it is to be.',
    );
  }

  /** The source and reason of a change. */
  private async readGrounds(): Promise<void> {
    const { operation, source, reason } = this.request;
    const cited = citation().safeParse(source ?? {});
    if (cited.success) this.citations = [cited.data];
    else this.writing.problems.push(...toProblems(cited.error, ['source']));
    const given = text(1000).safeParse(reason ?? '');
    if (given.success) this.reason = given.data;
    else if (operation !== 'UPDATE' || (reason ?? '') !== '') {
      this.writing.problems.push(...toProblems(given.error, ['reason']));
    }
    await this.checkSources(['source']);
  }

  /** Cited sources must be known here, or where they are owned: then a copy is kept. */
  private async checkSources(path: readonly string[]): Promise<void> {
    const found = await this.writing.find(
      'source',
      this.citations.map(({ sourceId }) => sourceId),
    );
    for (const [index, { sourceId }] of this.citations.entries()) {
      if (found.has(sourceId)) continue;
      const at = path.length > 1 ? [...path, String(index), 'sourceId'] : [...path, 'sourceId'];
      const message = `there is no source ${sourceId}: create it first with sourceCreate`;
      this.writing.problems.push(problem('NOT_FOUND', message, ...at));
    }
  }

  private async checkReferences(stated: Record<string, unknown>): Promise<void> {
    for (const [path, target] of Object.entries(this.kind.references)) {
      const values = valuesAt(stated, path);
      const found = await this.writing.find(
        target,
        values.map(({ value }) => value),
      );
      for (const { at, value } of values) {
        if (!found.has(value))
          this.writing.refuse('NOT_FOUND', at, `there is no ${target} ${value}`);
      }
    }
  }

  private async create(input: unknown): Promise<WriteResult<TRow>> {
    const fields = this.read(this.kind.createShape, input);
    const { id: givenId, provenance = [], ...rest } = fields;
    // The fields that could be read are of the kind's own shape.
    const stated = rest as TStated;
    await this.requireOwner(stated, { id: null, before: null, changed: stated });
    const isReadable = !this.writing.problems.length;
    this.citations = provenance as Citation[];
    await this.checkSources(['input', 'provenance']);
    await this.checkReferences(fields);
    const isGiven = typeof givenId === 'string';
    if (isGiven) await this.checkId(givenId);
    // What follows from the fields can be looked at once all of them could be read.
    if (!isReadable) return this.refused();
    const _id = isGiven ? givenId : await this.makeId(stated);
    return this.save(null, stated, { _id, version: 1, ...this.asserted([]) });
  }

  private async change(
    before: TRow,
    stated: TStated,
    changed: Record<string, unknown>,
    input: unknown,
  ): Promise<WriteResult<TRow>> {
    const { operation } = this.request;
    if (!isRecord(input) || !Object.values(input).some((value) => value !== undefined)) {
      this.writing.problems.push(problem('INVALID', 'changes nothing: give a field', 'input'));
    }
    const after = { ...stated, ...changed } as Record<string, unknown> & TStated;
    for (const field of operation === 'UPDATE' ? this.kind.printed : []) {
      const was: unknown = Reflect.get(stated, field);
      if (was === undefined || was === null || isDeepStrictEqual(was, after[field])) continue;
      const message =
        'is a figure as it was printed: correct it, so that what stood before is kept beside it';
      this.writing.refuse('INVALID', field, message);
    }
    await this.requireOwner(after, {
      id: before._id,
      before: stated,
      changed: changed as Partial<TStated>,
    });
    await this.checkReferences(after);
    if (this.writing.problems.length) return this.refused();
    // A correction stands on its own source; what else changes, on those before it as well.
    const kept = operation === 'CORRECT' ? [] : before.provenance;
    const version = before.version + 1;
    return this.save(before, after, { _id: before._id, version, ...this.asserted(kept) });
  }

  private asserted(kept: readonly StoredCitation[]) {
    const added = this.citations.filter(
      (one) => !kept.some((each) => isDeepStrictEqual(each, one)),
    );
    const provenance = [...kept, ...added];
    return { provenance, sourceIds: [...new Set(provenance.map(({ sourceId }) => sourceId))] };
  }

  private async withdraw(before: TRow): Promise<WriteResult<TRow>> {
    const users = (await this.kind.usedBy?.(before._id, this.writing)) ?? [];
    if (users.length) {
      const shown = users.slice(0, 5).join(', ') + (users.length > 5 ? ', …' : '');
      const message = `is referred to by ${users.length} records: change or withdraw those first (${shown})`;
      this.writing.problems.push(problem('IN_USE', message, 'id'));
    }
    if (this.writing.problems.length) return this.refused();
    await this.write(this.toWrite(before, null));
    return { row: before, problems: [] };
  }

  private async save(
    before: TRow | null,
    stated: TStated,
    head: StoredRow,
  ): Promise<WriteResult<TRow>> {
    const made = await this.kind.toRow(stated, head, this.writing);
    if (this.writing.problems.length) return this.refused();
    // As the database gives it back: fields without a value are not there.
    const after = withoutUndefined(made);
    await this.write(this.toWrite(before, after));
    return { row: after, problems: [] };
  }

  private toWrite(before: TRow | null, after: TRow | null): AlsoWritten {
    const { type, model } = this.kind;
    return { type, model, before, after };
  }

  /** Writes the row, what goes with it, and an entry for each. */
  private async write(main: AlsoWritten): Promise<void> {
    await this.keepSources();
    await this.put(main);
    const { before, after } = main as { before: TRow | null; after: TRow | null };
    const affected = (await this.kind.settle?.({ before, after }, this.writing)) ?? [];
    for (const each of this.writing.also) {
      await this.put(each);
      await this.note(each, []);
    }
    this.entryId = await this.note(main, affected);
  }

  private async put(each: AlsoWritten): Promise<void> {
    const { session } = this.writing;
    const { collection } = each.model;
    const { before, after } = each;
    this.written.push(each);
    if (!before && after) await collection.insertOne(after as never, { session });
    else if (before && after) {
      await collection.replaceOne({ _id: before._id as never, version: before.version }, after, {
        session,
      });
    } else if (before) await collection.deleteOne({ _id: before._id as never }, { session });
  }

  /** Copies sources that this subgraph has not cited before. */
  private async keepSources(): Promise<void> {
    const { session } = this.writing;
    const cited = await this.writing.find(
      'source',
      this.citations.map(({ sourceId }) => sourceId),
    );
    for (const { _id, ...copy } of cited.values()) {
      await this.definition.sources.collection.updateOne(
        { _id: _id as never },
        { $setOnInsert: copy },
        { upsert: true, session },
      );
    }
  }

  private async note(
    { type, before, after }: AlsoWritten,
    affectedIds: readonly string[],
  ): Promise<string> {
    const recordId = (after ?? before)?._id ?? '';
    const version = after?.version ?? (before?.version ?? 0) + 1;
    const { agency, subject } = this.viewer;
    const authors = await this.writing.find('organization', [agency]);
    const visibleTo = [...(authors.get(agency ?? '')?.chain ?? [agency]), ...this.owners.flat()];
    const entry: AuditEntryRow = {
      _id: `${type}/${recordId}@${version}`,
      recordType: type,
      recordId,
      version,
      operation: !before ? 'CREATE' : !after ? 'WITHDRAW' : this.request.operation,
      at: new Date().toISOString(),
      agencyId: agency,
      subject,
      reason: this.reason,
      provenance: this.citations,
      before: before as unknown as AuditEntryRow['before'],
      after: after as unknown as AuditEntryRow['after'],
      visibleTo: [...new Set(visibleTo.filter((each) => each !== null))],
      affectedIds: [...affectedIds],
    };
    const { session } = this.writing;
    await this.definition.auditEntries.collection.insertOne(entry as never, { session });
    return entry._id;
  }

  private async isTaken(_id: string): Promise<boolean> {
    const [row] = await this.rowsOf({ _id });
    // A withdrawn record keeps its id: whoever cites it must not find another one.
    const [entry] = row
      ? [row]
      : await this.writing.rows(this.definition.auditEntries, { recordId: _id });
    return entry !== undefined;
  }

  private async checkId(given: string): Promise<void> {
    const { idPrefixes } = this.kind;
    if (!idPrefixes.some((prefix) => given.startsWith(`${prefix}-`))) {
      const message = `must begin with ${idPrefixes.map((prefix) => `${prefix}-`).join(' or ')}`;
      this.writing.refuse('INVALID', 'id', message);
    } else if (await this.isTaken(given)) {
      this.writing.refuse('TAKEN', 'id', `${given} is taken: choose another id, or leave it out`);
    }
  }

  /** An id made of the Vietnamese name: with a number behind it, where that is taken. */
  private async makeId(stated: TStated): Promise<string> {
    if (this.kind.makeId) return this.kind.makeId(stated, this.writing);
    const prefix = this.kind.prefixOf?.(stated) ?? this.kind.idPrefixes[0];
    const { name } = stated as { name?: { vi: string } };
    const words = foldToWords(this.kind.nameOf?.(stated) ?? name?.vi ?? '').map((word) =>
      word.replace(/[^a-z0-9]/g, ''),
    );
    const base = `${prefix}-${words.filter(Boolean).join('-')}`.slice(0, 100).replace(/-$/, '');
    for (let number = 1; ; number += 1) {
      // Of thousands with one name, each would try the numbers of all before it.
      const suffix = number <= MOST_NUMBERED ? String(number) : randomUUID().slice(0, 8);
      const _id = number === 1 ? base : `${base}-${suffix}`;
      if (idSchema().safeParse(_id).success && !(await this.isTaken(_id))) return _id;
    }
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { Model } from 'mongoose';
import type { z } from 'zod';
import { forbidden } from '../errors.ts';
import { isRecord } from '../isRecord.ts';
import type { Viewer } from '../Viewer.ts';
import type { AuditEntryRow } from './AuditEntry.ts';
import type { CommonTargets, WriteRequest, WriterDefinition, WriteResult } from './createWriter.ts';
import { citation, text, type Citation } from './fields.ts';
import { mayWrite, type Chain } from './mayWrite.ts';
import type { Problem } from './Problem.ts';
import { readInput, valuesAt } from './readInput.ts';
import type { About, RecordKind, StoredCitation, StoredRow } from './RecordKind.ts';
import { recordIds } from './recordIds.ts';
import { ownersBy } from './rules.ts';
import { toProblems } from './toProblems.ts';
import { withoutUndefined } from './withoutUndefined.ts';
import type { AlsoWritten, Writing } from './Writing.ts';

const problem = (code: Problem['code'], message: string, ...path: string[]): Problem => ({
  code,
  message,
  path,
});

/** One attempt at one write: the steps in their order. */
export class Attempt<
  TTargets extends CommonTargets,
  TRow extends StoredRow,
  TStated extends object,
> {
  readonly written: AlsoWritten[] = [];
  entryId = '';
  private readonly definition: WriterDefinition<TTargets>;
  private readonly kind: RecordKind<TTargets, TRow, TStated>;
  private readonly request: WriteRequest;
  private readonly viewer: Viewer;
  private readonly writing: Writing<TTargets>;
  private readonly tries: number;
  private citations: StoredCitation[] = [];
  private reason: string | null = null;
  private readonly owners: Chain[] = [];

  constructor(
    definition: WriterDefinition<TTargets>,
    kind: RecordKind<TTargets, TRow, TStated>,
    request: WriteRequest,
    viewer: Viewer,
    writing: Writing<TTargets>,
    tries: number,
  ) {
    this.tries = tries;
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
    const ids = recordIds(this.kind, this.definition.auditEntries, this.writing);
    const isGiven = typeof givenId === 'string';
    if (isGiven) await ids.check(givenId);
    // What follows from the fields can be looked at once all of them could be read.
    if (!isReadable) return this.refused();
    const _id = isGiven ? givenId : await ids.make(stated, this.tries);
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
}

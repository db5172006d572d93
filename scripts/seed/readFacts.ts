import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { factFiles, placeEnrichment, type Facts, type PlaceEnrichment } from './factsSchema.ts';

/** The data set as its files have it. */
export interface DataSet {
  facts: Facts;
  places: PlaceEnrichment[];
}

/** Fields that name records by id without being a reference of their own. */
const idPattern =
  /^(src|place|org|person|doc|mov|prog|ed|fest|evt|act|mdl|out|rec|note)-[a-z0-9-]+$/;

async function readJson(file: URL): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new UserError(`${file.pathname} cannot be read: ${(error as Error).message}`);
  }
}

/** What is wrong with a file, by the id of the record (of the register: its place) and the field. */
function problemsOf(file: string, content: unknown, { issues }: z.ZodError): string[] {
  // It has faults, so this is what it should be; each step is asked whether it is there.
  const { records } = (content ?? {}) as { records?: ({ id?: string; place?: string } | null)[] };
  return issues.map(({ path: [list, index, ...field], message }) => {
    if (typeof index !== 'number') return `${file}: ${String(list ?? 'file')}: ${message}`;
    const record = records?.[index];
    const id = record?.id ?? record?.place ?? String(index);
    return `${file}: ${[id, ...(field.length ? [field.join('.')] : [])].join(' ')}: ${message}`;
  });
}

function readRecords(
  name: string,
  schema: z.ZodType,
  content: unknown,
  problems: string[],
): unknown {
  const file = z.strictObject({
    file: z.literal(name),
    schemaVersion: z.literal(1),
    records: z.array(schema),
  });
  const read = file.safeParse(content);
  if (read.success) return read.data.records;
  problems.push(...problemsOf(`facts/${name}.json`, content, read.error));
  return [];
}

/** Every id that stands in a record, with the path to it. */
function* references(value: unknown, path: string): Generator<[path: string, id: string]> {
  if (typeof value === 'string' && idPattern.test(value)) yield [path, value];
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* references(item, `${path}[${index}]`);
  } else if (value && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      yield* references(item, path ? `${path}.${key}` : key);
    }
  }
}

function checkReferences(facts: Facts, problems: string[]): void {
  const records = Object.values(facts).flat();
  const ids = new Set<string>();
  for (const { id } of records) {
    if (ids.has(id)) problems.push(`${id}: two records have this id`);
    ids.add(id);
  }
  for (const record of records) {
    for (const [path, id] of references(record, '')) {
      if (!ids.has(id)) problems.push(`${record.id} ${path}: there is no record ${id}`);
    }
  }
}

/** Two statements contradict each other, or neither does: one that is named by itself would count beside its rival. */
function checkRivals({ recognitions }: Facts, problems: string[]): void {
  const rivals = new Map(recognitions.map(({ id, conflictsWith = [] }) => [id, conflictsWith]));
  for (const [id, others] of rivals) {
    for (const other of others) {
      if (!rivals.get(other)?.includes(id)) {
        problems.push(`${other} conflictsWith: it does not name ${id}, which names it`);
      }
    }
  }
}

/**
 * Reads the data set and checks it: every file against its schema, every reference against the
 * records. Throws one UserError that lists all problems.
 */
export async function readFacts(folder = new URL('./', import.meta.url)): Promise<DataSet> {
  const problems: string[] = [];
  const entries = await Promise.all(
    Object.entries(factFiles).map(async ([name, schema]) => {
      const content = await readJson(new URL(`facts/${name}.json`, folder));
      return [name, readRecords(name, schema, content, problems)] as const;
    }),
  );
  // Each list was parsed by the schema of its file just above.
  const facts = Object.fromEntries(entries) as Facts;
  const register = await readJson(new URL('place-enrichment.json', folder));
  const enrichment = z
    .strictObject({ note: z.string(), records: z.array(placeEnrichment) })
    .safeParse(register);
  if (!enrichment.success) {
    problems.push(...problemsOf('place-enrichment.json', register, enrichment.error));
  }
  if (!problems.length) {
    checkReferences(facts, problems);
    checkRivals(facts, problems);
  }
  if (problems.length || !enrichment.success) {
    throw new UserError(
      `The data set has ${problems.length} problems; nothing was loaded.`,
      problems.sort(),
    );
  }
  return { facts, places: enrichment.data.records };
}

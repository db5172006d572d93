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

const problemsOf = (error: z.ZodError, records: readonly unknown[]) =>
  error.issues.map(({ path: [list, index, ...field], message }) => {
    if (typeof index !== 'number') return `${String(list ?? 'file')}: ${message}`;
    const record = records[index];
    const id = record && typeof record === 'object' && 'id' in record ? record.id : index;
    return `${String(id)} ${field.join('.')}: ${message}`;
  });

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
  const records = (content as { records?: unknown }).records;
  problems.push(
    ...problemsOf(read.error, Array.isArray(records) ? records : []).map(
      (problem) => `facts/${name}.json: ${problem}`,
    ),
  );
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
  const enrichment = z
    .strictObject({ note: z.string(), records: z.array(placeEnrichment) })
    .safeParse(await readJson(new URL('place-enrichment.json', folder)));
  if (!enrichment.success)
    problems.push(`place-enrichment.json: ${z.prettifyError(enrichment.error)}`);
  if (!problems.length) checkReferences(facts, problems);
  if (problems.length || !enrichment.success) {
    throw new UserError(
      `The data set has ${problems.length} problems; nothing was loaded.`,
      problems.sort(),
    );
  }
  return { facts, places: enrichment.data.records };
}

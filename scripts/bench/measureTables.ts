import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats } from '../../gateway/tables/formats/formats.ts';
import { composeSubgraphs } from '../schema/composition.ts';
import { query, typeDefs } from './parts/records.ts';
import { startPart, type Part } from './startPart.ts';

/** What it takes to write a table in one format. */
export interface TableRow {
  format: string;
  rows: number;
  seconds: number;
  cpuSeconds: number;
  megabytes: number;
  /** What the process held before. */
  idleRssMb: number;
  /** The most that it held meanwhile. */
  peakRssMb: number;
}

const SAMPLE_MS = 200;

/**
 * Exports a table of so many rows in each format, each by a process of its own, to a reader that takes all at once.
 * Rejects when a table is not whole.
 */
export async function measureTables(
  rows: number,
  log: (line: string) => void,
): Promise<TableRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-tables-'));
  try {
    const supergraphFile = join(folder, 'supergraph.graphql');
    const { supergraph } = composeSubgraphs([
      { name: 'records', url: 'http://127.0.0.1/', typeDefs },
    ]);
    await writeFile(supergraphFile, supergraph);
    await mkdir(join(folder, 'operations'));
    const environment = { OPERATIONS_DIR: join(folder, 'operations'), LAST_GOOD_DIR: folder };
    const measured: TableRow[] = [];
    for (const { extension } of formats) {
      const part = await startPart(
        {
          role: 'records',
          records: rows,
          uri: '',
          databasePrefix: '',
          monitorCommands: false,
          supergraphFile,
        },
        environment,
      );
      try {
        measured.push(await measureTable(part, extension, rows));
      } finally {
        await part.stop();
      }
      log(`bench: ${measured.length} of ${formats.length}, ${extension}`);
    }
    return measured;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureTable(part: Part, format: string, rows: number): Promise<TableRow> {
  const before = await part.tell({ order: 'usage' });
  let peakRssMb = before.rssMb;
  const sampling = setInterval(() => {
    void part
      .tell({ order: 'usage' })
      .then(({ rssMb }) => (peakRssMb = Math.max(peakRssMb, rssMb)));
  }, SAMPLE_MS);
  const start = performance.now();
  const { bytes, counted } = await exportTable(part.url.replace('/graphql', `/data.${format}`));
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(sampling);
  const after = await part.tell({ order: 'usage' });
  if (counted !== rows) throw new Error(`${format} has ${counted} rows of ${rows}`);
  return {
    format,
    rows,
    seconds,
    cpuSeconds: (after.cpuMs - before.cpuMs) / 1_000,
    megabytes: bytes / 1e6,
    idleRssMb: before.rssMb,
    peakRssMb: Math.max(peakRssMb, after.rssMb),
  };
}

/** Reads a table to its end: its bytes, and the rows that it says to have. */
const exportTable = (url: string) =>
  new Promise<{ bytes: number; counted: number }>((resolve, reject) => {
    const asked = request(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('error', reject);
        response.on('end', () => {
          const counted = response.headers['x-row-count'] ?? response.trailers['x-row-count'];
          resolve({ bytes, counted: Number(counted) });
        });
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify({ query }));
  });

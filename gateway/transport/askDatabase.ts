import type { Pool } from 'undici';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import type { ByteBudget } from './createByteBudget.ts';
import { readBody } from './readBody.ts';

/** Such an answer is a line. */
const LIMIT_BYTES = 16 * 1024;

/**
 * Asks a subgraph by its `/readyz` how its database is. Never rejects: of subgraphs that have none, or do not say, it
 * is undefined.
 */
export async function askDatabase(
  pool: Pool,
  bytes: ByteBudget,
  signal: AbortSignal,
): Promise<'up' | 'down' | undefined> {
  try {
    const answer = await pool.request({ path: '/readyz', method: 'GET', signal });
    const text = await readBody(answer, { limitBytes: LIMIT_BYTES, bytes });
    const told: unknown = JSON.parse(text);
    const database = isRecord(told) ? told['database'] : undefined;
    return database === 'up' || database === 'down' ? database : undefined;
  } catch {
    // The fetch beside it tells what is wrong.
    return undefined;
  }
}

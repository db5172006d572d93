import type { DocumentNode, GraphQLError } from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';
import { retryAfterS } from '../policy/cost/retryAfterS.ts';
import { atPath } from './atPath.ts';
import { AFTER, FIRST, type Table } from './readTable.ts';
import { tableFault } from './tableFault.ts';

/** The answer to one query of a table. */
export interface TableAnswer {
  /** Undefined where it was refused as a whole. */
  data: unknown;
  errors: readonly GraphQLError[];
}

/** Asks the graph for whoever asked for the table. */
export type AskForTable = (
  document: DocumentNode,
  variables: Record<string, unknown>,
) => Promise<TableAnswer>;

/** One page of a table. */
export interface TablePage {
  data: unknown;
  /** Where the next one begins; undefined after the last. */
  next: string | undefined;
}

export interface PagesSettings {
  ask: AskForTable;
  variables: Record<string, unknown>;
  /** So many items of the outermost list at most; without it, all. */
  first?: number | undefined;
  after?: string | undefined;
  /** Waits until one may go on asking. */
  wait(seconds: number): Promise<void>;
}

/** What a page of a connection may hold in most graphs. */
const MOST_PER_PAGE = 100;
/** One that has used up what it may spend waits so long at most before each page. */
const LONGEST_WAIT_S = 300;

/**
 * Asks for a table page by page. A page that is too dear or too long is asked for in smaller ones; between pages,
 * who has spent all waits until there is more.
 * Rejects with the first GraphQLError of an answer: a table is whole or it is none.
 */
export async function* pagesOf(
  { document, pages }: Table,
  { ask, variables, first = Infinity, after, wait }: PagesSettings,
): AsyncGenerator<TablePage> {
  if (!pages) {
    yield { data: dataOf(await ask(document, variables)), next: undefined };
    return;
  }
  let size = MOST_PER_PAGE;
  let left = first;
  let cursor = after;
  let isBegun = false;
  while (left > 0) {
    const wanted = Math.min(size, left);
    const answer = await ask(document, { ...variables, [FIRST]: wanted, [AFTER]: cursor });
    const [error] = answer.errors;
    if (error && isTooMuch(error) && wanted > 1) {
      size = Math.floor(wanted / 2);
      continue;
    }
    const waitS = error && isBegun ? retryAfterS(error) : undefined;
    if (waitS !== undefined) {
      await wait(Math.min(waitS, LONGEST_WAIT_S));
      continue;
    }
    const data = dataOf(answer);
    const next = nextOf(data, pages.connection);
    if (next !== undefined && next === cursor) {
      throw tableFault('TABLE_PAGE_REPEATED', 'The list gives the same page again and again.', 502);
    }
    isBegun = true;
    left -= wanted;
    yield { data, next };
    if (next === undefined) return;
    cursor = next;
  }
}

function dataOf({ data, errors: [error] }: TableAnswer): unknown {
  if (error) throw error;
  return data;
}

const TOO_MUCH = ['COST_LIMIT_EXCEEDED', 'ANSWER_TOO_LARGE'];

const isTooMuch = ({ extensions }: GraphQLError) => TOO_MUCH.includes(String(extensions['code']));

function nextOf(data: unknown, connection: readonly string[]): string | undefined {
  const page = atPath(data, connection);
  if (!isRecord(page) || page['hasNextPage'] !== true) return undefined;
  const { endCursor } = page;
  if (typeof endCursor === 'string') return endCursor;
  throw tableFault(
    'TABLE_PAGE_REPEATED',
    'The list has more pages, but does not say where the next one begins.',
    502,
  );
}

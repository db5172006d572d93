import type { DocumentNode, GraphQLError } from 'graphql';
import { retryAfterS } from '../policy/cost/retryAfterS.ts';
import { atPath } from './atPath.ts';
import { cursorAt, nextCursor } from './cursors.ts';
import { MOST_PER_PAGE, pageVariables, type Table } from './Table.ts';
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

/** Where an item of a connection is. */
export interface ItemPlace {
  /** The cursor of the item before it; undefined: it is the first. */
  after: string | undefined;
  /** Its own, where the connection tells it. */
  cursor: string | undefined;
}

/** Where a page begins. */
export interface PageBegin {
  /** The items, each of a list in the one before, in the last of which the list is: none for the outermost list. */
  items: readonly ItemPlace[];
  /** The cursor before the page; undefined: it begins at the first item. */
  after: string | undefined;
}

/** One page of a table. */
export interface TablePage {
  data: unknown;
  begin: PageBegin;
  /** Where the next one begins; undefined after the last. */
  next: string | undefined;
}

export interface PagesSettings {
  ask: AskForTable;
  variables: Record<string, unknown>;
  /** Waits until one may go on asking. */
  wait(seconds: number): Promise<void>;
}

/** One that has used up what it may spend waits so long at most before each page. */
const LONGEST_WAIT_S = 300;

/**
 * Asks for a table page by page. A page that is too dear or too long is asked for in smaller ones; between pages,
 * who has spent all waits until there is more.
 * @param begin Where the first page begins: the others are those that follow in the same list.
 * @param first So many items of the list at most; without it, all.
 * Rejects with the first GraphQLError of an answer: a table is whole or it is none.
 */
export async function* pagesOf(
  table: Table,
  { ask, variables, wait }: PagesSettings,
  begin: PageBegin,
  first = Infinity,
): AsyncGenerator<TablePage> {
  const { document, followed } = table;
  if (!followed) {
    yield { data: dataOf(await ask(document, variables)), begin, next: undefined };
    return;
  }
  const { items } = begin;
  let { after } = begin;
  let size = MOST_PER_PAGE;
  let left = first;
  let isBegun = items.length > 0;
  while (left > 0) {
    const wanted = Math.min(size, left);
    const place = placeOf(followed, { items, after }, wanted);
    const answer = await ask(document, { ...variables, ...place });
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
    const next = nextOf(table, data, items);
    if (next !== undefined && next === after) {
      throw tableFault('TABLE_PAGE_REPEATED', 'The list gives the same page again and again.', 502);
    }
    isBegun = true;
    left -= wanted;
    yield { data, begin: { items, after }, next };
    if (next === undefined) return;
    after = next;
  }
}

/** Of the lists around the page one item each, of those in it what a page may hold. */
function placeOf(followed: number, { items, after }: PageBegin, wanted: number) {
  const depth = items.length;
  const variables: Record<string, unknown> = {};
  for (let each = 0; each < followed; each += 1) {
    const names = pageVariables(each);
    variables[names.first] = each < depth ? 1 : each === depth ? wanted : MOST_PER_PAGE;
    variables[names.after] = each === depth ? after : items[each]?.after;
  }
  return variables;
}

function dataOf({ data, errors: [error] }: TableAnswer): unknown {
  if (error) throw error;
  return data;
}

const TOO_MUCH = ['COST_LIMIT_EXCEEDED', 'ANSWER_TOO_LARGE'];

const isTooMuch = ({ extensions }: GraphQLError) => TOO_MUCH.includes(String(extensions['code']));

/** Where the next page of the list in these items begins. */
function nextOf({ root }: Table, data: unknown, items: readonly ItemPlace[]): string | undefined {
  let level = root;
  let object = data;
  for (const { cursor } of items) {
    const { below } = level;
    const edges = below?.connection?.cursors && atPath(object, below.connection.cursors);
    // Of another one the rows would be, and the page would begin anywhere.
    if (!below || cursorAt(edges, 0) !== cursor) {
      throw tableFault(
        'TABLE_CHANGED',
        'What the table is made of was changed while it was read: ask for it again.',
        409,
      );
    }
    const list = atPath(object, below.path);
    object = Array.isArray(list) ? list[0] : undefined;
    level = below.level;
  }
  const connection = level.below?.connection;
  return connection && nextCursor(object, connection);
}

import type { mongo } from 'mongoose';
import { badUserInput } from './errors.ts';
import type { Order } from './order.ts';

type Document = mongo.BSON.Document;

/** A place in an order: the values of its fields. */
export type Cursor = readonly (string | number)[];

/** The cursor of a row in `order`, opaque to the client. */
export function encodeCursor(row: Document, { name, fields }: Order): string {
  const place = fields.map(([field]): unknown => row[field]);
  return Buffer.from(JSON.stringify([name, ...place])).toString('base64url');
}

/** Reads a cursor back. Throws `BAD_USER_INPUT` when it was not made for `order`. */
export function decodeCursor(argument: string, cursor: string, { name, fields }: Order): Cursor {
  const [made, ...place] = parse(cursor);
  if (made === undefined) {
    throw badUserInput(
      `"${argument}" is not a cursor; give one from "cursor", "startCursor" or "endCursor" of an answer.`,
    );
  }
  if (made !== name || place.length !== fields.length) {
    throw badUserInput(
      `"${argument}" is a cursor of another list or another sort; start again from the first page.`,
    );
  }
  return place;
}

function parse(cursor: string): Cursor {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    // Only plain values: an object here could be an operator of the database.
    if (
      Array.isArray(decoded) &&
      decoded.every((value) => ['string', 'number'].includes(typeof value))
    ) {
      return decoded as Cursor;
    }
  } catch {
    // Not JSON: not one of ours, as every other text that is refused below.
  }
  return [];
}

/** The condition that a document stands after (or before) a place in `order`. */
export function standsAfter(place: Cursor, { fields }: Order): Document {
  const alternatives = fields.map(([field, direction], index) => ({
    ...Object.fromEntries(fields.slice(0, index).map(([earlier], at) => [earlier, place[at]])),
    [field]: { [direction === 1 ? '$gt' : '$lt']: place[index] },
  }));
  return { $or: alternatives };
}

import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { badUserInput } from './errors.ts';

const pattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Whether `text` is a day, month or year of the calendar: EDTF level 0, `2012-02-23`, `2013-11`, `2010`. */
export function isPartialDate(text: string): boolean {
  const [, year, month, day] = pattern.exec(text) ?? [];
  if (!year || Number(year) === 0) return false;
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  return !day || (Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month)));
}

/** The first day that a partial date covers, as `YYYY-MM-DD`. */
export function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10);
}

/** The last day that a partial date covers, as `YYYY-MM-DD`. */
export function lastDay(date: string): string {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length === 10) return date;
  return `${date}-${String(daysIn(Number(date.slice(0, 4)), Number(date.slice(5)))).padStart(2, '0')}`;
}

function parse(value: unknown): string {
  if (typeof value === 'string' && isPartialDate(value)) return value;
  const seen = typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeof value;
  throw badUserInput(
    `PartialDate must be a text with a year, month or day of the calendar, such as "2010", "2013-11" or "2012-02-23"; got ${seen}.`,
  );
}

/** The scalar `PartialDate`; anything but EDTF level 0 is refused. */
export const PartialDate = new GraphQLScalarType<string, string>({
  name: 'PartialDate',
  parseValue: parse,
  parseLiteral: (node) => parse(valueFromASTUntyped(node)),
  serialize: parse,
});

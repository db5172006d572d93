import fc from 'fast-check';
import { buildSchema, graphqlSync, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  firstDay,
  isPartialDate,
  lastDay,
  PartialDate,
} from '../../../subgraphs/shared/partialDate.ts';

const REFUSED = [
  '',
  '0000',
  '20',
  '02012',
  '2012-2',
  '2012-00',
  '2012-13',
  '2012-02-30',
  '2011-02-29',
  '1900-02-29',
  '2012-04-31',
  '2012-01-00',
  '2012-02-23T10:00',
  '2012/2013',
  '2012~',
  '201X',
  '-2012',
  ' 2012',
  '2012 ',
  '2012\n',
  '２０１２',
  '23.02.2012',
];

describe('isPartialDate', () => {
  it.each(['0001', '2010', '2013-11', '2012-02-23', '2012-02-29', '2000-02-29', '9999-12-31'])(
    '%s is a date',
    (text) => expect(isPartialDate(text)).toBe(true),
  );

  it.each(REFUSED)('%j is none', (text) => expect(isPartialDate(text)).toBe(false));

  it('days are those of the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          expect(isPartialDate(day)).toBe(true);
          expect([firstDay(day), lastDay(day)]).toEqual([day, day]);
          const month = day.slice(0, 7);
          expect(firstDay(month)).toBe(`${month}-01`);
          const next = new Date(`${lastDay(month)}T00:00:00Z`);
          expect(isPartialDate(lastDay(month))).toBe(true);
          next.setUTCDate(next.getUTCDate() + 1);
          expect(next.getUTCDate()).toBe(1);
        },
      ),
    );
  });
});

it.each([
  ['2012', '2012-01-01', '2012-12-31'],
  ['2012-02', '2012-02-01', '2012-02-29'],
  ['2013-02', '2013-02-01', '2013-02-28'],
  ['2013-11', '2013-11-01', '2013-11-30'],
  ['2012-02-23', '2012-02-23', '2012-02-23'],
])('%s goes from %s to %s', (date, first, last) => {
  expect([firstDay(date), lastDay(date)]).toEqual([first, last]);
});

describe('the scalar', () => {
  const schema = buildSchema('scalar PartialDate type Query { on(day: PartialDate): PartialDate }');
  Object.assign(schema.getType('PartialDate') ?? {}, PartialDate);
  const ask = (source: string, variableValues?: Record<string, unknown>) =>
    graphqlSync({
      schema,
      source,
      variableValues,
      rootValue: { on: ({ day }: { day: string }) => day },
    });

  it('takes a date as a literal and as a variable', () => {
    expect(ask('{ on(day: "2013-11") }').data).toEqual({ on: '2013-11' });
    expect(ask('query ($day: PartialDate) { on(day: $day) }', { day: '2012-02-23' }).data).toEqual({
      on: '2012-02-23',
    });
    expect(ask('{ on(day: null) }').data).toEqual({ on: null });
  });

  it.each(REFUSED)('refuses %j with a word on what to give', (text) => {
    const [error] = validate(schema, parse(`{ on(day: ${JSON.stringify(text)}) }`));
    expect(error?.message).toMatch(
      /must be a text with a year, month or day of the calendar, such as/,
    );
    expect(() => PartialDate.parseValue(text)).toThrow(/PartialDate must be/);
    expect(() => PartialDate.serialize(text)).toThrow(/PartialDate must be/);
  });

  it.each([
    ['2012', 'number'],
    ['true', 'boolean'],
    ['["2012"]', 'object'],
  ])('says what the literal %s is instead', (literal, kind) => {
    const [error] = validate(schema, parse(`{ on(day: ${literal}) }`));
    expect(error?.message).toMatch(new RegExp(`must be a text .+; got ${kind}\\.$`));
  });

  it.each([2012, true, null, undefined, {}, ['2012'], new Date(0)])(
    'refuses the value %j',
    (value) => {
      expect(() => PartialDate.parseValue(value)).toThrow(
        expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
      );
    },
  );

  it('repeats no more than the beginning of what it refuses', () => {
    expect(() => PartialDate.parseValue('x'.repeat(10_000))).toThrow(/got "x{40}"\.$/);
  });
});

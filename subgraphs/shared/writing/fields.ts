import { z } from 'zod';
import { firstDay, isPartialDate, lastDay } from '../partialDate.ts';
import { personalData } from './personalData.ts';

/** Fields of inputs, as they are checked whoever calls: each says in its message what to do. */

const MOST_ITEMS = 200;

/** A text: NFC, trimmed, not empty, of `longest` characters at most, without what points to a person. */
export const text = (longest: number) =>
  z
    .string({ error: 'must be a text' })
    .transform((given) => given.normalize('NFC').trim())
    .check(({ value, issues }) => {
      const refuse = (message: string, problem = 'INVALID') =>
        issues.push({ code: 'custom', input: value, message, params: { problem } });
      if (!value) refuse('must not be empty');
      if (value.length > longest) {
        refuse(`must have ${longest} characters at most; it has ${value.length}`);
      }
      const found = personalData(value);
      if (found)
        refuse(`seems to hold ${found}: leave it out, no person is described here`, 'PRIVACY');
    });

/** A field that may be left out; null means the same. */
export const optional = <TSchema extends z.ZodType>(schema: TSchema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** A list that may be left out: then it is empty. */
export const listOf = <TSchema extends z.ZodType>(schema: TSchema) =>
  z
    .array(schema)
    .max(MOST_ITEMS, `must have ${MOST_ITEMS} items at most`)
    .nullish()
    .transform((value) => value ?? []);

/** Ids, each once. */
export const ids = () => listOf(id()).transform((all) => [...new Set(all)]);

export const ID_PATTERN = /^[a-z0-9-]{3,120}$/;

export const id = () =>
  z
    .string({ error: 'must be an id' })
    .regex(ID_PATTERN, 'must be an id: 3 to 120 of the characters a to z, 0 to 9 and -');

export const flag = () => z.boolean({ error: 'must be true or false' });

/** One word of an enum of the schema. */
export const word = <const TWord extends string>(words: Readonly<Record<string, TWord>>) =>
  z.enum(words, { error: `must be one of ${Object.values(words).join(', ')}` });

export const wholeNumber = (from: number, to: number) =>
  z
    .int({ error: 'must be a whole number' })
    .min(from, `must be ${from} or more`)
    .max(to, `must be ${to} or less`);

export const partialDate = () =>
  z
    .string({ error: 'must be a date' })
    .refine(isPartialDate, 'must be a year, month or day, such as 2010, 2013-11 or 2012-02-23');

export const localizedText = (longest: number) =>
  z
    .strictObject({ vi: text(longest), en: optional(text(longest)) })
    .transform(({ vi, en }) => (en === undefined ? { vi } : { vi, en }));

const QUALIFIERS = ['EXACT', 'APPROXIMATE', 'NEARLY', 'MORE_THAN', 'UP_TO_ALL'] as const;

/** A figure with its hedge and the words of the source. */
export const measure = () =>
  z.strictObject({
    value: z.number({ error: 'must be a number' }).min(0, 'must be 0 or more').max(1e15),
    qualifier: z.enum(QUALIFIERS, { error: `must be one of ${QUALIFIERS.join(', ')}` }),
    asPrinted: text(200),
  });

/** A stretch of time as the source gives it. */
export const period = () =>
  z
    .strictObject({
      label: optional(text(200)),
      from: optional(partialDate()),
      to: optional(partialDate()),
      inferred: optional(flag()),
    })
    .refine(({ from, to }) => !from || !to || firstDay(from) <= lastDay(to), {
      error: 'must not end before it begins',
      path: ['to'],
    })
    .transform(({ label, from, to, inferred = false }) => ({
      label,
      from: from ?? null,
      to: to ?? null,
      inferred,
    }));

const SECTIONS = ['BODY', 'CAPTION', 'BYLINE', 'HEADLINE', 'DATELINE'] as const;

/** A place in a source: what every write rests on. */
export const citation = () =>
  z
    .strictObject({
      sourceId: id(),
      paragraphs: z
        .array(wholeNumber(1, 10_000))
        .min(1, 'must name a paragraph, counting the non-blank ones from 1')
        .max(MOST_ITEMS),
      section: optional(z.enum(SECTIONS, { error: `must be one of ${SECTIONS.join(', ')}` })),
      asPrinted: optional(text(500)),
    })
    .transform(({ sourceId, paragraphs, section = 'BODY', asPrinted }) => ({
      sourceId,
      paragraphs,
      section,
      ...(asPrinted === undefined ? {} : { asPrinted }),
    }));

/** The citation of a write, as it is stored. */
export type Citation = z.output<ReturnType<typeof citation>>;

/** Where a new record comes from: at least one citation. */
export const provenance = () =>
  z
    .array(citation())
    .min(1, 'must cite a source: nothing is kept that no source says')
    .max(MOST_ITEMS);

/** Fields that every record has beside its own. */
export const assertedShape = {
  inferences: listOf(
    z.strictObject({
      field: text(60),
      reason: text(1000),
      confidence: z.enum(['HIGH', 'MEDIUM', 'LOW'], { error: 'must be HIGH, MEDIUM or LOW' }),
    }),
  ),
};

export const notes = () => listOf(localizedText(2000));

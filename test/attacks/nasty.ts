import fc from 'fast-check';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';

/** A letter that nothing else has and no folding takes away: by it, what was sent is found in commands. */
export const MARK = 'ŧ';

/** Texts that mean something to databases and to JavaScript. */
export const nastyTexts = [
  '$where',
  '$$ROOT',
  '$name',
  '{"$gt":""}',
  '{"$function":{"body":"return 1"}}',
  "'; return true; //",
  '.*',
  '^(a+)+$',
  '__proto__',
  'constructor.prototype',
  'a.b.$c',
  '\0',
  '(((((',
  '\\',
  'a|ORGANIZER',
  '% _ %',
];

/** Texts with the mark, many of which begin as a field path or a variable of an expression does. */
export const text = fc
  .oneof(fc.constantFrom(...nastyTexts), fc.string({ maxLength: 60 }), fc.json({ maxDepth: 2 }))
  .chain((value) => fc.constantFrom(`${value}${MARK}`, `${MARK}${value}`, `$${value}${MARK}`));

const operators = ['$ne', '$gt', '$regex', '$where', '$in', '$expr', '__proto__', 'a.b', 'length'];

/** Objects and lists with operators, and whatever else is no text. */
export const noText: fc.Arbitrary<unknown> = fc.oneof(
  // By JSON, as it comes over HTTP: so `__proto__` is a field like any other.
  fc
    .tuple(fc.constantFrom(...operators), text)
    .map(([name, value]): unknown =>
      JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`),
    ),
  text.map((value) => [[{ $ne: value }]]),
  text.map((value) => ({ $or: [{ _id: value }, {}] })),
  fc.dictionary(text, text, { minKeys: 1, maxKeys: 3 }),
);

/** Cursors that look as ours do, and hold what ours do not. */
const cursor = fc
  .array(fc.oneof(text, fc.integer(), fc.double(), noText), { maxLength: 5 })
  .map((place) => Buffer.from(JSON.stringify([...place, MARK])).toString('base64url'));

/** Values of an input type that GraphQL takes, as bad as they get. */
export function valueOf(type: GraphQLInputType, name: string): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType, name);
  if (isListType(type)) return fc.array(valueOf(type.ofType, name), { maxLength: 4 });
  const named = getNamedType(type);
  if (isEnumType(named)) return fc.constantFrom(...named.getValues().map((value) => value.name));
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    return fc.record(
      Object.fromEntries(fields.map((field) => [field.name, valueOf(field.type, field.name)])),
      {
        requiredKeys: fields.filter((field) => isNonNullType(field.type)).map((each) => each.name),
      },
    );
  }
  if (named.name === 'Int') return fc.integer({ min: 1, max: 100 });
  if (named.name === 'Boolean') return fc.boolean();
  // Scalars of ours refuse all else, and so would keep whatever stands beside it from the database.
  if (named.name === 'PartialDate') return fc.constantFrom('2020-05', '2021', '2012-02-23');
  return name === 'after' || name === 'before' ? fc.oneof(cursor, text) : text;
}

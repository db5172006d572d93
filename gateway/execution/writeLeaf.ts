import { isEnumType, type GraphQLEnumType, type GraphQLScalarType } from 'graphql';

/** Writes a value of a leaf type as JSON; undefined when it is no value of that type. */
export type WriteLeaf = (value: unknown) => string | undefined;

// eslint-disable-next-line no-control-regex -- these are the characters that JSON escapes
const mustBeEscaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON: most need no escapes, and to see that is quicker than to escape. */
export const quote = (text: string) =>
  mustBeEscaped.test(text) ? JSON.stringify(text) : `"${text}"`;

const LARGEST_INT = 2 ** 31;

const builtIn: Record<string, WriteLeaf> = {
  String: (value) => (typeof value === 'string' ? quote(value) : undefined),
  ID: (value) =>
    typeof value === 'string'
      ? quote(value)
      : Number.isInteger(value)
        ? `"${String(value)}"`
        : undefined,
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  Float: (value) => (Number.isFinite(value) ? String(value) : undefined),
  Int: (value) =>
    Number.isInteger(value) && Number(value) < LARGEST_INT && Number(value) >= -LARGEST_INT
      ? String(value)
      : undefined,
};

/** The writer of a leaf type. Of the values of a custom scalar nothing is known here. */
export function writeLeafOf(type: GraphQLScalarType | GraphQLEnumType): WriteLeaf {
  if (!isEnumType(type)) return builtIn[type.name] ?? ((value) => JSON.stringify(value));
  const written = new Map(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value) => (typeof value === 'string' ? written.get(value) : undefined);
}

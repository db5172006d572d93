import { GraphQLError, GraphQLScalarType } from 'graphql';

const refuse = () => {
  throw new GraphQLError('JSON is only answered, never asked for.');
};

/** The scalar `JSON`: a value as it is, for what has no type of its own. */
export const JSONValue = new GraphQLScalarType<never, unknown>({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: refuse,
  parseLiteral: refuse,
});

import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isInputObjectType,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** A kind of record that can be imported. */
export interface Kind {
  /** The mutation, such as `outcomeImport`. */
  mutation: string;
  /** What a row says, such as `OutcomeCreateInput`. */
  input: GraphQLInputObjectType;
}

const SUFFIX = 'Import';

/** Names that are used for kinds beside those of their mutations. */
const ALIASES: Readonly<Record<string, string>> = { model: 'securityModel' };

export const readApiSchema = (): GraphQLSchema =>
  buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));

/** Finds a kind by its name. Throws a UserError that lists those that there are. */
export function findKind(schema: GraphQLSchema, name: string): Kind {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) =>
    field.name.endsWith(SUFFIX),
  );
  const wanted = ALIASES[name] ?? name;
  const mutation = mutations.find((field) => field.name === wanted + SUFFIX);
  const rows = mutation?.args.find((argument) => argument.name === 'rows');
  const input = rows && getNamedType(rows.type);
  if (mutation && isInputObjectType(input)) return { mutation: mutation.name, input };
  const names = mutations.map((field) => field.name.slice(0, -SUFFIX.length));
  throw new UserError(
    `--kind must be one of ${[...names, ...Object.keys(ALIASES)].join(', ')}; got "${name}".`,
  );
}

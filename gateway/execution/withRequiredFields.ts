import { Kind, parse, print, visit } from 'graphql';
import type { RequiredField } from './separateRequirements.ts';

/** What a plan sends, with the fields that exist for the planner only as the fields that they stand for. */
export function withRequiredFields(
  query: string,
  fields: ReadonlyMap<string, RequiredField>,
): string {
  if (![...fields.keys()].some((name) => query.includes(name))) return query;
  const document = visit(parse(query, { noLocation: true }), {
    Field(node) {
      const required = fields.get(node.name.value);
      if (!required) return undefined;
      return {
        ...node,
        alias: node.alias ?? node.name,
        name: { kind: Kind.NAME as const, value: required.name },
        arguments: required.arguments,
      };
    },
  });
  return print(document);
}

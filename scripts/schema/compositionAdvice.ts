import type { GraphQLError } from 'graphql';

/** What to do about the reasons for which subgraphs most often do not compose, by their code. */
const advice: Record<string, string> = {
  INVALID_GRAPHQL:
    'mend the SDL: it is not valid GraphQL, or uses a directive that its @link does not import',
  INVALID_FIELD_SHARING:
    'another subgraph has this field already: give it a name of your own, or mark it @shareable in both',
  FIELD_TYPE_MISMATCH: 'give the field the type that it has in the other subgraphs',
  ARGUMENT_TYPE_MISMATCH: 'give the argument the type that it has in the other subgraphs',
  TYPE_KIND_MISMATCH:
    'make it the kind of type that it is in the graph; to add fields to an interface, write "type … @key(…) @interfaceObject"',
  ENUM_MISMATCH: 'list the values that the other subgraphs list',
  SATISFIABILITY_ERROR:
    'the gateway finds no way to this field: give its type a @key that the other subgraphs have too, and resolve it by that',
  INTERFACE_OBJECT_USAGE_ERROR: 'see how the subgraph "organizations" declares the interface',
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION:
    'put the @key of the interface on each type that implements it',
  KEY_INVALID_FIELDS: 'a @key may name only fields that this subgraph has in that type',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: 'make the argument nullable, or give it a default',
  UNKNOWN_LINK_VERSION: 'link https://specs.apollo.dev/federation/v2.9, or an earlier 2.x',
};

/** A reason why subgraphs do not compose, and below it what to do about it where we know. */
export function withAdvice({ message, extensions }: GraphQLError): string {
  const known = advice[String(extensions['code'])];
  return known ? `${message}\n  → ${known}` : message;
}

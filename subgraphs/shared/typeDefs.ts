import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  Kind,
  parse,
  Source,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
} from 'graphql';
import { describePaging } from './describePaging.ts';

const sharedFile = new URL('../../schema/shared.graphql', import.meta.url);

/**
 * Reads a subgraph's schema as complete, plain SDL: what `writing.graphql` and `importing.graphql` beside it
 * say of writing, and the types of `schema/shared.graphql` that it uses are added, `extend type` is merged into its type, a type gets the fields of its interfaces
 * that it does not write itself, and paging is described. Throws a GraphQLError that names the file
 * and line of a syntax error.
 */
export function readTypeDefs(file: URL): DocumentNode {
  const beside = ['writing.graphql', 'importing.graphql'].map((name) => new URL(name, file));
  const own = [file, ...beside.filter((each) => existsSync(each))].flatMap(readDefinitions);
  const shared = readDefinitions(sharedFile);
  const used = namesUsed(own, shared);
  const definitions = [...own, ...shared.filter((definition) => used.has(nameOf(definition)))];
  return describePaging({
    kind: Kind.DOCUMENT,
    definitions: completeFromInterfaces(mergeExtensions(definitions)),
  });
}

function readDefinitions(file: URL): readonly DefinitionNode[] {
  return parse(new Source(readFileSync(file, 'utf8'), fileURLToPath(file))).definitions;
}

/** Names of all types that `own` refers to or extends, directly or through types of `shared`. */
function namesUsed(
  own: readonly DefinitionNode[],
  shared: readonly DefinitionNode[],
): ReadonlySet<string> {
  const used = new Set<string>();
  const pending = [...own];
  const use = (name: string) => {
    if (used.has(name)) return;
    used.add(name);
    pending.push(...shared.filter((definition) => nameOf(definition) === name));
  };
  // The list grows while it is read.
  for (const definition of pending) {
    use(nameOf(definition));
    visit(definition, { NamedType: ({ name }) => use(name.value) });
  }
  return used;
}

/** Puts the fields of each `extend type` into its type. */
function mergeExtensions(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const types = new Set(definitions.filter(isObjectType).map(nameOf));
  const extensions = definitions
    .filter(isObjectExtension)
    .filter((node) => types.has(nameOf(node)));
  return definitions
    .filter((definition) => !isObjectExtension(definition) || !extensions.includes(definition))
    .map((definition) => {
      if (!isObjectType(definition)) return definition;
      const added = extensions.filter((extension) => nameOf(extension) === nameOf(definition));
      return { ...definition, fields: [definition, ...added].flatMap(fieldsOf) };
    });
}

/** Gives each type the fields of its interfaces that it does not write itself. */
function completeFromInterfaces(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const interfaces = definitions.filter(isInterface);
  return definitions.map((definition) => {
    if (!isObjectType(definition)) return definition;
    const implemented = (definition.interfaces ?? []).map(({ name }) => name.value);
    const written = fieldsOf(definition);
    const inherited = interfaces
      .filter((node) => implemented.includes(nameOf(node)))
      .flatMap(fieldsOf)
      .filter(({ name }) => written.every((field) => field.name.value !== name.value));
    return { ...definition, fields: [...inherited, ...written] };
  });
}

const isObjectType = (node: DefinitionNode) => node.kind === Kind.OBJECT_TYPE_DEFINITION;
const isObjectExtension = (node: DefinitionNode) => node.kind === Kind.OBJECT_TYPE_EXTENSION;
const isInterface = (node: DefinitionNode) => node.kind === Kind.INTERFACE_TYPE_DEFINITION;

const fieldsOf = ({
  fields = [],
}: {
  readonly fields?: readonly FieldDefinitionNode[] | undefined;
}) => fields;

const nameOf = (definition: DefinitionNode) =>
  'name' in definition && definition.name ? definition.name.value : '';

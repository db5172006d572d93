import { Kind, type DocumentNode, type FieldDefinitionNode } from 'graphql';

/** A type that other subgraphs can refer to, as the SDL of a subgraph says. */
export interface Entity {
  type: string;
  /** The field that is its key: we have no keys of several. */
  key: string;
  isInterfaceObject: boolean;
  /** Fields that other subgraphs answer as well. */
  shareable: string[];
}

/** The entities in an SDL. Throws where one has a key of another kind than those that the tests know. */
export function entitiesOf({ definitions }: DocumentNode): Entity[] {
  return definitions.flatMap((node) => {
    const isComposite =
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (!isComposite) return [];
    const [first, ...others] = (node.directives ?? []).filter(({ name }) => name.value === 'key');
    if (!first) return [];
    const fields = first.arguments?.find(({ name }) => name.value === 'fields')?.value;
    const isPlain = fields?.kind === Kind.STRING && /^\w+$/.test(fields.value);
    if (!isPlain || first.arguments?.length !== 1 || others.length > 0) {
      throw new Error(`the tests know no key like that of ${node.name.value}`);
    }
    return [
      {
        type: node.name.value,
        key: fields.value,
        isInterfaceObject: has(node, 'interfaceObject'),
        shareable: (node.fields ?? [])
          .filter((field) => has(field, 'shareable'))
          .map((field) => field.name.value),
      },
    ];
  });
}

const has = ({ directives = [] }: Pick<FieldDefinitionNode, 'directives'>, name: string) =>
  directives.some((directive) => directive.name.value === name);

/** The directives that an SDL imports from Apollo's federation specification. */
export function importedDirectives({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((node) => {
    if (node.kind !== Kind.SCHEMA_EXTENSION && node.kind !== Kind.SCHEMA_DEFINITION) return [];
    return (node.directives ?? []).flatMap(({ arguments: given = [] }) => {
      const imports = given.find(({ name }) => name.value === 'import')?.value;
      if (imports?.kind !== Kind.LIST) return [];
      return imports.values.map((value) => (value.kind === Kind.STRING ? value.value : 'renamed'));
    });
  });
}

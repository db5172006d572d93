import {
  Kind,
  parse,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql';
import { DEFAULT_SIZE } from './pageArguments.ts';

const argumentDescriptions = new Map([
  [
    'first',
    'Page size, 1 to 100; 20 when neither `first` nor `last` is given. Giving both is an error.',
  ],
  ['after', 'Begin the page after this cursor.'],
  ['last', 'Page size counted from the end, 1 to 100. Giving both `first` and `last` is an error.'],
  ['before', 'End the page before this cursor.'],
]);

const fieldDescriptions = new Map([
  ['edges', 'The records of this page with their cursors, in the order of the list.'],
  ['nodes', 'The records of this page, in the order of the list.'],
  [
    'pageInfo',
    'Whether there are pages before and after this one, and the cursors to ask for them.',
  ],
  ['totalCount', 'Number of records in the whole list, on all pages.'],
  ['cursor', 'Place of the record in this list, for `after` or `before`. Its text has no meaning.'],
  ['node', 'The record itself.'],
]);

/**
 * Describes paging wherever a document has it and says nothing of it: the paging arguments of fields
 * that give a connection and their length, the connections and their edges. It is the same everywhere, so it is
 * written once, here.
 */
export function describePaging(document: DocumentNode): DocumentNode {
  return visit(document, {
    FieldDefinition: (field) =>
      nameOf(field.type).endsWith('Connection')
        ? {
            ...field,
            arguments: field.arguments?.map(describedBy(argumentDescriptions)),
            directives: [...(field.directives ?? []), ...pageSize(field)],
          }
        : undefined,
    ObjectTypeDefinition(type) {
      const [, record, part] = /^(.+)(Connection|Edge)$/.exec(type.name.value) ?? [];
      if (!record) return undefined;
      const text =
        part === 'Edge'
          ? `One \`${record}\` of a page, with its cursor.`
          : `One page of a list of \`${record}\` records.`;
      return {
        ...type,
        description: type.description ?? toNode(text),
        fields: type.fields?.map(describedBy(fieldDescriptions)),
      };
    },
  });
}

/** How long a page is, for what reckons the cost of operations. */
function pageSize({ arguments: given = [] }: FieldDefinitionNode): readonly ConstDirectiveNode[] {
  const sizes = given
    .map(({ name }) => name.value)
    .filter((name) => name === 'first' || name === 'last');
  return readDirectives(
    `@listSize(assumedSize: ${DEFAULT_SIZE}, slicingArguments: ${JSON.stringify(sizes)}, sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)`,
  );
}

function readDirectives(text: string): readonly ConstDirectiveNode[] {
  const [definition] = parse(`scalar Any ${text}`, { noLocation: true }).definitions;
  return definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? (definition.directives ?? []) : [];
}

const toNode = (value: string): StringValueNode => ({ kind: Kind.STRING, value });

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

interface Describable {
  readonly name: { readonly value: string };
  readonly description?: StringValueNode | undefined;
}

const describedBy =
  (descriptions: ReadonlyMap<string, string>) =>
  <TNode extends Describable>(node: TNode): TNode => {
    const text = descriptions.get(node.name.value);
    return node.description || !text ? node : { ...node, description: toNode(text) };
  };

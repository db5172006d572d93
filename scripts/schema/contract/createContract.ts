import { Supergraph } from '@apollo/federation-internals';
import { Kind, parse, print, printSchema, visit, type ConstDirectiveNode } from 'graphql';
import { UserError } from '../../../subgraphs/shared/UserError.ts';
import type { Composition } from '../composition.ts';
import { findVisible, type ContractTags } from './findVisible.ts';

/** How a supergraph says that something is hidden from clients. */
const INACCESSIBLE = 'https://specs.apollo.dev/inaccessible/v0.2';
const DECLARATION =
  'directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION';

const hidden: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'inaccessible' },
};

/**
 * Makes a contract: a supergraph of which clients see only what is tagged. What is left out is marked
 * `@inaccessible`, so that subgraphs may still need it for one another.
 * @throws UserError that names what is wrong with the tags when nothing sensible is left.
 */
export function createContract(
  sdl: string,
  tags: ContractTags,
): Pick<Composition, 'supergraph' | 'api'> {
  const document = parse(sdl);
  const isVisible = findVisible(document, tags);
  let owner = '';
  const mark = <TNode extends { directives?: readonly ConstDirectiveNode[] }>(
    node: TNode,
    coordinate: string,
  ): TNode | undefined =>
    isVisible(coordinate) || node.directives?.some(({ name }) => name.value === 'inaccessible')
      ? undefined
      : { ...node, directives: [...(node.directives ?? []), hidden] };
  const type = {
    enter: <TNode extends { name: { value: string }; directives?: readonly ConstDirectiveNode[] }>(
      node: TNode,
    ) => {
      owner = node.name.value;
      return /^(join|link|core)__/.test(owner) ? false : mark(node, owner);
    },
  };
  const child = (node: { name: { value: string }; directives?: readonly ConstDirectiveNode[] }) =>
    mark(node, `${owner}.${node.name.value}`);
  const marked = visit(document, {
    ObjectTypeDefinition: type,
    InterfaceTypeDefinition: type,
    UnionTypeDefinition: type,
    ScalarTypeDefinition: type,
    EnumTypeDefinition: type,
    InputObjectTypeDefinition: type,
    DirectiveDefinition: () => false,
    FieldDefinition: (node) => {
      const given = node.arguments?.map(
        (argument) =>
          mark(argument, `${owner}.${node.name.value}.${argument.name.value}`) ?? argument,
      );
      const field = { ...node, arguments: given };
      return child(field) ?? field;
    },
    EnumValueDefinition: child,
    // Arguments have been marked with their fields, and are no fields of inputs.
    InputValueDefinition: (node, _key, _parent, path) =>
      path.at(-2) === 'arguments' ? undefined : child(node),
  });
  const supergraph = withInaccessible(print(marked));
  return { supergraph, api: apiOf(supergraph) };
}

/** Declares the directive, where the supergraph does not have it yet. */
function withInaccessible(sdl: string): string {
  if (/directive @inaccessible\b/.test(sdl)) return sdl;
  return sdl
    .replace(
      /^schema((?:\s*@link\([^)]*\))+)/,
      (_all, links: string) => `schema${links} @link(url: "${INACCESSIBLE}", for: SECURITY)`,
    )
    .concat(`\n\n${DECLARATION}\n`);
}

function apiOf(supergraph: string): string {
  try {
    return printSchema(Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema());
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new UserError('what is tagged is no API', text.split('\n').filter(Boolean), {
      cause: error,
    });
  }
}

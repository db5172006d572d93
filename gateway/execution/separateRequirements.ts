import {
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { argumentOf, duplicateGraphs, isJoinField, withArgument } from './supergraphDirectives.ts';

/** A field with the arguments that a requirement gives it. */
export interface RequiredField {
  name: string;
  arguments: readonly ArgumentNode[];
}

/** A supergraph in which no two requirements ask for one field with different arguments. */
export interface SeparateRequirements {
  sdl: string;
  /** Fields that exist for the planner only, by name. */
  fields: ReadonlyMap<string, RequiredField>;
  /** Names of subgraphs that exist for the planner only, with the name of the one that each stands for. */
  subgraphs: ReadonlyMap<string, string>;
}

/**
 * The planner merges what fields require by its name: of `price(currency: "USD")` and
 * `price(currency: "EUR")`, required by two fields, it fetches one for both. So where a supergraph has
 * such fields, each way to ask becomes a field of its own for the planner, and fields of one subgraph that
 * need two of them are spread over copies of it: a representation can hold only one value of a name.
 */
export function separateRequirements(sdl: string): SeparateRequirements {
  const document = parse(sdl, { noLocation: true });
  const types = readTypes(document);
  const variants = findVariants(types);
  if (![...variants.values()].some((ways) => ways.size > 1)) {
    return { sdl, fields: new Map(), subgraphs: new Map() };
  }
  const fields = new Map<string, RequiredField>();
  const virtualNames = new Map<string, string>();
  for (const [place, ways] of variants) {
    if (ways.size < 2) continue;
    for (const [way, required] of ways) {
      const virtual = `${required.name}__r${fields.size}`;
      fields.set(virtual, required);
      virtualNames.set(`${place}${way}`, virtual);
    }
  }

  const rewrite: RewriteRequirement = (text, type) => {
    const used = new Map<string, string>();
    const selectionSet = visitRequired(types, parseSelection(text), type, (place, node) => {
      const virtual = virtualNames.get(place + argumentsText(node.arguments));
      if (!virtual) return node;
      used.set(place, virtual);
      return { ...node, name: { kind: Kind.NAME, value: virtual }, arguments: [] };
    });
    return { text: print(selectionSet).slice(1, -1).replace(/\s+/g, ' ').trim(), used };
  };
  const copies = createCopies();
  const separated = visit(document, {
    ObjectTypeDefinition: (node) => ({
      ...node,
      fields: separateFields(node.name.value, node.fields),
    }),
    InterfaceTypeDefinition: (node) => ({
      ...node,
      fields: separateFields(node.name.value, node.fields),
    }),
  });

  function separateFields(type: string, definitions: readonly FieldDefinitionNode[] = []) {
    return definitions.flatMap((definition) => {
      const rewritten = {
        ...definition,
        directives: definition.directives?.map((directive) => separate(directive, type)),
      };
      const virtual = [...virtualNames].flatMap(([way, name]) => {
        const [owner = '', field] = way.slice(0, way.indexOf('(')).split('.');
        const isOwner = owner === type || types.get(type)?.interfaces.has(owner);
        return isOwner && field === definition.name.value ? [name] : [];
      });
      return [
        rewritten,
        ...virtual.map((name) => ({
          ...rewritten,
          name: { kind: Kind.NAME as const, value: name },
          arguments: [],
        })),
      ];
    });
  }

  function separate(directive: ConstDirectiveNode, type: string): ConstDirectiveNode {
    const requires = isJoinField(directive) && argumentOf(directive, 'requires');
    if (!requires) return directive;
    const { text, used } = rewrite(requires, type);
    if (!used.size) return directive;
    const graph = copies.graphFor(argumentOf(directive, 'graph') ?? '', used);
    const withRequires = withArgument(directive, 'requires', { kind: Kind.STRING, value: text });
    return withArgument(withRequires, 'graph', { kind: Kind.ENUM, value: graph });
  }

  const { document: duplicated, subgraphs } = duplicateGraphs(separated, copies.all());
  return { sdl: print(duplicated), fields, subgraphs };
}

type RewriteRequirement = (
  text: string,
  type: string,
) => { text: string; used: ReadonlyMap<string, string> };

interface TypeShape {
  /** The names of the types of its fields. */
  fields: Map<string, string>;
  interfaces: Set<string>;
  requirements: string[];
}

type Types = ReadonlyMap<string, TypeShape>;

function readTypes({ definitions }: DocumentNode): Types {
  const types = new Map<string, TypeShape>();
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      continue;
    }
    const fields = node.fields ?? [];
    types.set(node.name.value, {
      fields: new Map(
        fields.map(({ name, type }) => [name.value, print(type).replace(/[[\]!]/g, '')]),
      ),
      interfaces: new Set(node.interfaces?.map(({ name }) => name.value)),
      requirements: fields.flatMap(({ directives = [] }) =>
        directives.flatMap((directive) =>
          isJoinField(directive) ? (argumentOf(directive, 'requires') ?? []) : [],
        ),
      ),
    });
  }
  return types;
}

/** Each required field that takes arguments, as `Type.field`, with the ways in which it is required. */
function findVariants(types: Types): Map<string, Map<string, RequiredField>> {
  const variants = new Map<string, Map<string, RequiredField>>();
  for (const [type, { requirements }] of types) {
    for (const text of requirements) {
      visitRequired(types, parseSelection(text), type, (place, node) => {
        const ways = variants.get(place) ?? new Map<string, RequiredField>();
        variants.set(place, ways);
        const required = { name: node.name.value, arguments: node.arguments ?? [] };
        ways.set(argumentsText(node.arguments), required);
        return node;
      });
    }
  }
  return variants;
}

type RequiredNode = Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>;

/** Changes the fields with arguments of a requirement. */
function visitRequired(
  types: Types,
  selectionSet: SelectionSetNode,
  type: string,
  change: (place: string, node: RequiredNode) => RequiredNode,
): SelectionSetNode {
  const selections = selectionSet.selections.map((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    const below =
      node.kind === Kind.FIELD
        ? (types.get(type)?.fields.get(node.name.value) ?? '')
        : (node.typeCondition?.name.value ?? type);
    const inner = node.selectionSet && visitRequired(types, node.selectionSet, below, change);
    if (node.kind === Kind.INLINE_FRAGMENT)
      return { ...node, selectionSet: inner ?? node.selectionSet };
    const field = { ...node, selectionSet: inner };
    return field.arguments?.length ? change(`${type}.${node.name.value}`, field) : field;
  });
  return { ...selectionSet, selections };
}

/** Always begins with a parenthesis. */
const argumentsText = (given: readonly ArgumentNode[] = []) =>
  `(${given.map(print).sort().join(', ')})`;

function parseSelection(text: string): SelectionSetNode {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no selection: ${text}`);
  return operation.selectionSet;
}

/** Tells to which copy of its subgraph a field goes, so that no copy needs two variants of one field. */
function createCopies() {
  const used = new Map<string, Map<string, string>[]>();
  const nameOf = (graph: string, index: number) => (index ? `${graph}__${index}` : graph);
  return {
    graphFor(graph: string, needed: ReadonlyMap<string, string>): string {
      const copies = used.get(graph) ?? [];
      used.set(graph, copies);
      const fits = (copy: Map<string, string>) =>
        [...needed].every(([place, variant]) => (copy.get(place) ?? variant) === variant);
      const found = copies.findIndex(fits);
      const index = found < 0 ? copies.push(new Map()) - 1 : found;
      for (const [place, variant] of needed) copies[index]?.set(place, variant);
      return nameOf(graph, index);
    },
    /** The copies that were made of each graph. */
    all: () =>
      new Map(
        [...used].map(([graph, copies]) => [
          graph,
          copies.slice(1).map((_copy, index) => nameOf(graph, index + 1)),
        ]),
      ),
  };
}

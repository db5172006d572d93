import {
  Kind,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { UserError } from '../../../subgraphs/shared/UserError.ts';

/** Which elements of a supergraph clients may see, by their `@tag`. */
export interface ContractTags {
  /** A field is seen when it or its type has one of these. */
  include: readonly string[];
  /** Whatever has one of these is not seen. */
  exclude: readonly string[];
}

type FieldsType = Extract<TypeDefinitionNode, { fields?: readonly FieldDefinitionNode[] }>;

/**
 * Finds what is seen: fields that are tagged, or whose type is; types that these lead to from the roots; enums,
 * inputs and scalars that they need. A field that an interface shows is shown by the types that implement it.
 * @returns whether the element with a coordinate such as `Source`, `Source.title` or `Query.source.id` is seen.
 * @throws UserError when a visible field leads to a type of which nothing is visible, or no root is left.
 */
export function findVisible(
  document: DocumentNode,
  { include, exclude }: ContractTags,
): (coordinate: string) => boolean {
  const types = new Map<string, TypeDefinitionNode>();
  for (const definition of document.definitions) {
    if ('fields' in definition || 'values' in definition || 'types' in definition) {
      types.set(definition.name.value, definition as TypeDefinitionNode);
    } else if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) {
      types.set(definition.name.value, definition);
    }
  }
  const isExcluded = (node: Tagged) => hasTag(node, exclude);
  const known = [...types.values()];
  const implementers = (name: string) => known.filter((type) => interfacesOf(type).includes(name));

  const shown = new Map<string, Set<string>>();
  for (const type of known.filter(hasFields)) {
    const fields = (type.fields ?? []).filter(
      (field) =>
        !isExcluded(type) &&
        !isExcluded(field) &&
        (hasTag(type, include) || hasTag(field, include)),
    );
    shown.set(type.name.value, new Set(fields.map(({ name }) => name.value)));
  }
  for (const type of known) {
    for (const parent of interfacesOf(type)) {
      for (const field of shown.get(parent) ?? []) shown.get(type.name.value)?.add(field);
    }
  }

  const visible = new Set<string>();
  const faults: string[] = [];
  const pending: string[] = [];
  const reach = (name: string, from: string) => {
    const type = types.get(name);
    if (!type || visible.has(name)) return;
    if (isExcluded(type)) {
      faults.push(`${from} is shown but its type ${name} is excluded`);
    } else if (hasFields(type) && !shown.get(name)?.size) {
      faults.push(`${from} is shown but nothing of its type ${name} is: tag some of its fields`);
    } else {
      visible.add(name);
      pending.push(name);
    }
  };
  for (const root of ['Query', 'Mutation', 'Subscription']) {
    if (shown.get(root)?.size) reach(root, 'the graph');
  }
  if (!visible.has('Query')) {
    throw new UserError(
      `no field of Query has the tag ${include.map((tag) => `"${tag}"`).join(' or ')}`,
      ['tag the fields by which clients begin: @tag(name: "…")'],
    );
  }
  // The list grows while it is read.
  for (const name of pending) {
    const type = types.get(name);
    if (!type) continue;
    if (hasFields(type)) {
      for (const field of type.fields ?? []) {
        const coordinate = `${name}.${field.name.value}`;
        if (!shown.get(name)?.has(field.name.value)) continue;
        visible.add(coordinate);
        reach(nameOf(field.type), coordinate);
        for (const argument of field.arguments ?? []) {
          if (isExcluded(argument)) continue;
          visible.add(`${coordinate}.${argument.name.value}`);
          reach(nameOf(argument.type), `${coordinate}.${argument.name.value}`);
        }
      }
      if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
        for (const each of implementers(name)) if (!isExcluded(each)) reach(each.name.value, name);
      }
    } else if (type.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of type.types ?? []) reach(member.name.value, name);
    } else if (type.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const value of type.values ?? []) {
        if (!isExcluded(value)) visible.add(`${name}.${value.name.value}`);
      }
    } else if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of type.fields ?? []) {
        if (isExcluded(field)) continue;
        visible.add(`${name}.${field.name.value}`);
        reach(nameOf(field.type), `${name}.${field.name.value}`);
      }
    }
  }
  if (faults.length) throw new UserError('the tags leave types without fields', faults);
  return (coordinate) => visible.has(coordinate);
}

interface Tagged {
  directives?: readonly ConstDirectiveNode[];
}

const hasTag = ({ directives = [] }: Tagged, tags: readonly string[]) =>
  directives.some(
    ({ name, arguments: given = [] }) =>
      name.value === 'tag' &&
      given.some(({ value }) => value.kind === Kind.STRING && tags.includes(value.value)),
  );

const hasFields = (type: TypeDefinitionNode): type is FieldsType =>
  type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;

const interfacesOf = (type: TypeDefinitionNode) =>
  hasFields(type) ? (type.interfaces ?? []).map(({ name }) => name.value) : [];

function nameOf(type: TypeNode): string {
  let name = '';
  visit(type, {
    NamedType: (node) => {
      name = node.name.value;
    },
  });
  return name;
}

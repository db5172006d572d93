import {
  getNamedType,
  isAbstractType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { declarationOf, objectTypesOf } from './declareReads.ts';

/** What a client selected of the rows that a field gives, directly or on pages. */
export interface Selection {
  /** The stored fields that the selected fields are made of. */
  fields: ReadonlySet<string>;
  /** Rows are selected, and not only their number. */
  hasRows: boolean;
  hasCursors: boolean;
  hasTotal: boolean;
}

/** What all of a list of selections ask for. */
export function unite(first: Selection, ...others: readonly Selection[]): Selection {
  return others.reduce(
    (all, other) =>
      covers(all, other)
        ? all
        : {
            fields: new Set([...all.fields, ...other.fields]),
            hasRows: all.hasRows || other.hasRows,
            hasCursors: all.hasCursors || other.hasCursors,
            hasTotal: all.hasTotal || other.hasTotal,
          },
    first,
  );
}

/** Whether what was read for `selection` serves `other` as well. */
export function covers(selection: Selection, other: Selection): boolean {
  if (selection === other) return true;
  if (other.hasRows && !selection.hasRows) return false;
  if (other.hasCursors && !selection.hasCursors) return false;
  if (other.hasTotal && !selection.hasTotal) return false;
  for (const field of other.fields) if (!selection.fields.has(field)) return false;
  return true;
}

/** The selection together with fields that the subgraph needs for itself. */
export const withFields = (selection: Selection, fields: readonly string[]): Selection =>
  unite(selection, { fields: new Set(fields), hasRows: true, hasCursors: false, hasTotal: false });

const wholeRows = new WeakMap<GraphQLSchema, Map<string, Selection>>();

/** All that can be selected of one row. */
export function wholeRow(schema: GraphQLSchema, rowType: string): Selection {
  const ofSchema = wholeRows.get(schema) ?? new Map<string, Selection>();
  wholeRows.set(schema, ofSchema);
  const selection = ofSchema.get(rowType) ?? selectAll(schema, rowType);
  ofSchema.set(rowType, selection);
  return selection;
}

function selectAll(schema: GraphQLSchema, rowType: string): Selection {
  const types = objectTypesOf(schema, rowType);
  const abstract = schema.getType(rowType);
  const declared = [
    ...(isAbstractType(abstract) ? [declarationOf(abstract)] : []),
    ...types.flatMap((type) => Object.values(type.getFields()).map(declarationOf)),
  ];
  const fields = new Set(declared.flatMap((declaration) => declaration?.reads ?? []));
  return { fields, hasRows: true, hasCursors: false, hasTotal: false };
}

const known = new WeakMap<FieldNode, Map<string, Selection>>();

/**
 * What the field that `info` is about needs of rows of `rowType`. It is worked out once for each
 * field of a document; `@skip` and `@include` are passed over, so that it may be too much, never
 * too little.
 */
export function selectionOf(info: GraphQLResolveInfo, rowType: string): Selection {
  const [first, ...others] = info.fieldNodes.map((node) => selectionIn(node, info, rowType));
  if (!first) throw new Error(`${info.fieldName} was resolved without being selected`);
  return unite(first, ...others);
}

function selectionIn(node: FieldNode, info: GraphQLResolveInfo, rowType: string): Selection {
  const ofNode = known.get(node) ?? new Map<string, Selection>();
  known.set(node, ofNode);
  const before = ofNode.get(rowType);
  if (before) return before;
  const selection = new Collector(info, rowType).collect(node);
  ofNode.set(rowType, selection);
  return selection;
}

/** Records with a resolver of their own: what is selected of them is read for them, not for what leads to them. */
const isEntity = (type: GraphQLObjectType) =>
  declarationOf(type) !== undefined || 'apollo' in type.extensions;

/** Walks from a field to the rows that it gives, and notes what is selected of them. */
class Collector {
  readonly #schema: GraphQLSchema;
  readonly #info: GraphQLResolveInfo;
  readonly #rowTypes: ReadonlySet<GraphQLObjectType>;
  readonly #fields = new Set<string>();
  #hasRows = false;
  #hasCursors = false;
  #hasTotal = false;

  constructor(info: GraphQLResolveInfo, rowType: string) {
    this.#info = info;
    this.#schema = info.schema;
    this.#rowTypes = new Set(objectTypesOf(info.schema, rowType));
    const type = info.schema.getType(rowType);
    // The choice among the types is made of each row, whatever is selected.
    if (isAbstractType(type)) this.#add(declarationOf(type)?.reads);
  }

  collect({ selectionSet }: FieldNode): Selection {
    this.#walk(selectionSet, getNamedType(this.#info.returnType).name);
    return {
      fields: this.#fields,
      hasRows: this.#hasRows,
      hasCursors: this.#hasCursors,
      hasTotal: this.#hasTotal,
    };
  }

  #add(fields: readonly string[] = []) {
    for (const field of fields) this.#fields.add(field);
  }

  #walk(selectionSet: SelectionSetNode | undefined, typeName: string) {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        this.#field(selection, typeName);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#info.fragments[selection.name.value]
          : selection;
      const condition = fragment?.typeCondition?.name.value ?? typeName;
      if (this.#canLead(condition)) this.#walk(fragment?.selectionSet, condition);
    }
  }

  /** A fragment on other rows has nothing to say of these. */
  #canLead(typeName: string) {
    const types = objectTypesOf(this.#schema, typeName);
    return types.some((type) => this.#rowTypes.has(type) || !isEntity(type));
  }

  #field(node: FieldNode, typeName: string) {
    for (const type of objectTypesOf(this.#schema, typeName)) {
      const field = type.getFields()[node.name.value];
      if (!field) continue;
      if (this.#rowTypes.has(type)) this.#ofRow(node, field);
      else if (!isEntity(type)) this.#onTheWay(node, field);
    }
  }

  #ofRow({ selectionSet }: FieldNode, field: GraphQLField<unknown, unknown>) {
    const declaration = declarationOf(field);
    this.#hasRows = true;
    this.#add(declaration?.reads);
    if (declaration?.passesRowOn) this.#walk(selectionSet, getNamedType(field.type).name);
  }

  #onTheWay({ selectionSet }: FieldNode, field: GraphQLField<unknown, unknown>) {
    if (field.name === 'totalCount') this.#hasTotal = true;
    else this.#hasRows = true;
    if (/^(cursor|startCursor|endCursor)$/.test(field.name)) this.#hasCursors = true;
    this.#walk(selectionSet, getNamedType(field.type).name);
  }
}

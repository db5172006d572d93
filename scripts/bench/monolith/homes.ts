import {
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts';

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Where the types and fields of the whole graph come from. */
export interface Homes {
  /** The subgraph that a type belongs to: the one that knows most of its fields. */
  homeOf(typeName: string): Subgraph;
  /** The subgraph that answers a field of a type, its home if that can, and the field there. */
  originOf(
    type: GraphQLObjectType,
    fieldName: string,
  ): { subgraph: Subgraph; field: GraphQLField<unknown, unknown> };
  /** The type as a subgraph has it: by its name or as the interface that it implements. */
  typeIn(subgraph: Subgraph, typeName: string): Composite | undefined;
}

const isComposite = (type: unknown): type is Composite =>
  isObjectType(type) || isInterfaceType(type);

/** Finds out, from the schemas of all subgraphs, which of them each part of the whole comes from. */
export function createHomes(api: GraphQLSchema, subgraphs: readonly Subgraph[]): Homes {
  const typeIn = ({ schema }: Subgraph, typeName: string) => {
    const own = schema.getType(typeName);
    if (isComposite(own)) return own;
    const type = api.getType(typeName);
    // An `@interfaceObject` stands for all types that implement the interface.
    const interfaces = isComposite(type) ? type.getInterfaces() : [];
    return interfaces.map(({ name }) => schema.getType(name)).find(isObjectType);
  };
  const sizeIn = (subgraph: Subgraph, typeName: string) =>
    Object.keys(typeIn(subgraph, typeName)?.getFields() ?? {}).length;
  const homes = new Map<string, Subgraph>();

  const homeOf = (typeName: string) => {
    const home =
      homes.get(typeName) ??
      subgraphs.reduce((best, each) =>
        sizeIn(each, typeName) > sizeIn(best, typeName) ? each : best,
      );
    homes.set(typeName, home);
    return home;
  };

  return {
    homeOf,
    typeIn,
    originOf({ name }, fieldName) {
      for (const subgraph of [homeOf(name), ...subgraphs]) {
        const field = typeIn(subgraph, name)?.getFields()[fieldName];
        if (field) return { subgraph, field };
      }
      throw new Error(`no subgraph has the field ${name}.${fieldName}`);
    },
  };
}

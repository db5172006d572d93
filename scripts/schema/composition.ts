import { composeServices } from '@apollo/composition';
import { printSchema, type DocumentNode } from 'graphql';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { withAdvice } from './compositionAdvice.ts';

/** A subgraph to compose. */
export interface ComposedService {
  name: string;
  url: string;
  typeDefs: DocumentNode;
}

/** What composition gives: the graph as the gateway plans by it, and as clients see it. */
export interface Composition {
  supergraph: string;
  api: string;
  /** Warnings, each with its code: what the subgraphs say differently of one thing. */
  warnings: string[];
}

/** Composes subgraphs. Throws a UserError that gives all reasons when they do not fit together. */
export function composeSubgraphs(services: readonly ComposedService[]): Composition {
  const { errors, schema, supergraphSdl, hints } = composeServices([...services]);
  if (errors) {
    throw new UserError('the subgraphs do not compose', errors.map(withAdvice));
  }
  return {
    supergraph: supergraphSdl,
    api: printSchema(schema.toAPISchema().toGraphQLJSSchema()),
    warnings: hints
      .filter(({ definition }) => definition.level.name === 'WARN')
      .map(({ definition, message }) => `${definition.code}: ${message}`),
  };
}

import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../../subgraphs/shared/Viewer.ts';
import { isMet } from './Condition.ts';
import { readRequirements } from './readRequirements.ts';
import {
  restrictOperation,
  type RestrictedOperation,
  type Restrictions,
} from './restrictOperation.ts';

/** An operation as it is for some viewers; `key` tells apart what it comes to for different ones. */
export type RestrictedVariant = RestrictedOperation & { key: string };

/** What an operation comes to for a viewer; undefined when the viewer may ask for all of it. */
export type Restrict = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  viewer: Viewer,
) => RestrictedVariant | undefined;

/** So many different outcomes of one operation are kept: there are few kinds of viewers. */
const KEPT_VARIANTS = 16;

/**
 * Makes what restricts operations to what each viewer may ask for, by the directives of a supergraph; undefined
 * when it has none. An operation is read once, and made once for all viewers to whom it comes to the same.
 * @throws UserError when the directives can't be enforced.
 */
export function createRestrict(schema: GraphQLSchema): Restrict | undefined {
  const requirementsOf = readRequirements(schema);
  if (!requirementsOf) return undefined;

  const read = (document: DocumentNode, operation: OperationDefinitionNode) => {
    const restrictions = restrictOperation(schema, requirementsOf, document, operation);
    return restrictions && { restrictions, variants: createVariants(restrictions) };
  };
  const known = new WeakMap<OperationDefinitionNode, { value: ReturnType<typeof read> }>();

  return (document, operation, viewer) => {
    const entry = known.get(operation) ?? { value: read(document, operation) };
    known.set(operation, entry);
    if (!entry.value) return undefined;
    const { restrictions, variants } = entry.value;
    const unmet = restrictions.conditions.flatMap((condition, index) =>
      isMet(condition, viewer) ? [] : [index],
    );
    return unmet.length ? variants(unmet) : undefined;
  };
}

function createVariants({ conditions, without }: Restrictions) {
  const variants = new LRUCache<string, RestrictedVariant>({ max: KEPT_VARIANTS });
  return (unmet: readonly number[]): RestrictedVariant => {
    const key = unmet.join();
    const variant = variants.get(key) ?? {
      ...without(conditions.filter((_condition, index) => unmet.includes(index))),
      key,
    };
    variants.set(key, variant);
    return variant;
  };
}

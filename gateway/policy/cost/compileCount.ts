import { Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { isRecord } from '../../../subgraphs/shared/isRecord.ts';
import { bounded } from './createPrices.ts';
import { costIn, type Cost, type Reckoned } from './createReckoning.ts';
import type { PricedOperation } from './priceOperation.ts';

/** What is counted of a field of an answer. */
interface Counted {
  name: string;
  weight: number;
  /** What it costs beside, once for the object that has it. */
  extra: Cost;
  inner: readonly Counted[];
}

/** Says what an answer really cost, of the data that are in it. */
export type CountAnswer = (data: Readonly<Record<string, unknown>>, reckoned: Reckoned) => number;

/**
 * Makes what counts the answers to an operation: the objects that are there, by their weights, and what their fields
 * cost beside. Fields that are asked for several times are counted once.
 * @param nameOf The name under which the data have a field.
 */
export function compileCount(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { perField, weights }: Pick<PricedOperation, 'perField' | 'weights'>,
  nameOf: (field: FieldNode) => string,
): CountAnswer {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  const compile = (nodes: readonly SelectionSetNode[]): Counted[] => {
    const fields = new Map<string, FieldNode[]>();
    const seen = new Set<SelectionSetNode>();
    const collect = (node: SelectionSetNode | undefined) => {
      if (!node || seen.has(node)) return;
      seen.add(node);
      for (const selection of node.selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (selection.kind === Kind.FRAGMENT_SPREAD)
          collect(fragments.get(selection.name.value));
        else {
          const name = nameOf(selection);
          fields.set(name, [...(fields.get(name) ?? []), selection]);
        }
      }
    };
    nodes.forEach(collect);
    return [...fields].flatMap(([name, same]) => {
      const weight = Math.max(...same.map((field) => weights.get(field) ?? 0));
      const inner = compile(same.flatMap(({ selectionSet }) => selectionSet ?? []));
      const [extra = 0] = same.map((field) => perField.get(field) ?? 0);
      const isFree = weight === 0 && extra === 0 && !inner.length;
      return isFree ? [] : [{ name, weight, extra, inner }];
    });
  };
  const root = compile([operation.selectionSet]);

  const countFields = (
    object: Readonly<Record<string, unknown>>,
    fields: readonly Counted[],
    reckoned: Reckoned,
  ): number => {
    let sum = 0;
    for (const field of fields) {
      const value = object[field.name];
      if (value === undefined) continue;
      if (field.extra !== 0) sum += costIn(reckoned, field.extra);
      if (value === null) continue;
      // Most objects hold nothing that counts.
      sum +=
        field.inner.length || typeof value !== 'object' || Array.isArray(value)
          ? countValue(value, field, reckoned)
          : field.weight;
    }
    return sum;
  };
  const countValue = (value: unknown, field: Counted, reckoned: Reckoned): number => {
    if (value === null) return 0;
    if (typeof value !== 'object') return field.weight;
    if (Array.isArray(value)) {
      let sum = 0;
      for (let index = 0; index < value.length; index += 1) {
        sum += countValue(value[index], field, reckoned);
      }
      return sum;
    }
    if (!field.inner.length || !isRecord(value)) return field.weight;
    return field.weight + countFields(value, field.inner, reckoned);
  };
  return (data, reckoned) => bounded(countFields(data, root, reckoned));
}

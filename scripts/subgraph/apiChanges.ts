import { CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import { findUses, type Use, type Uses } from './operationUses.ts';

/** A change of what clients see. */
export interface ApiChange {
  /** `breaking` may break clients, `dangerous` may surprise them. */
  level: 'breaking' | 'dangerous' | 'safe';
  text: string;
  /** The saved operations that use what is changed, each with its place. */
  uses: readonly Use[];
}

const levels = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
} as const;

/** Compares two API schemas, and finds which operations in `operationDirs` use what is changed. */
export async function findApiChanges(
  before: GraphQLSchema,
  after: GraphQLSchema,
  operationDirs: readonly string[],
): Promise<ApiChange[]> {
  const uses = await findUses(operationDirs, before);
  const changes = await diff(before, after);
  return changes.map((change) => ({
    level: levels[change.criticality.level],
    text: change.message.replaceAll("'", '`'),
    uses: usesOfChange(change, uses),
  }));
}

/** An argument that was added is required of all who use its field. */
function usesOfChange({ path = '', type }: Change, uses: Uses): readonly Use[] {
  const coordinate = type === 'FIELD_ARGUMENT_ADDED' ? path.replace(/\.[^.]+$/, '') : path;
  return uses.get(coordinate) ?? (type === 'INPUT_FIELD_ADDED' ? ownerUses(path, uses) : []);
}

const ownerUses = (path: string, uses: Uses) => uses.get(path.split('.')[0] ?? '') ?? [];

/** Where an operation uses something, as a person opens it. */
export const describeUse = ({ operation, file, line }: Use): string =>
  `${operation} (${file}:${line})`;

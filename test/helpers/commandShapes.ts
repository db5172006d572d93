import type { mongo } from 'mongoose';
import { subgraphs } from '../../subgraphs/index.ts';
import type { ReadCommand } from './recordCommands.ts';

type Document = mongo.BSON.Document;

/** The parts of a command that decide how it is carried out. */
function essence({ name, command }: ReadCommand): Document {
  const deciding = [name, 'filter', 'sort', 'projection', 'pipeline', 'hint'];
  const parts = Object.entries(command).filter(([part]) => deciding.includes(part));
  return { ...Object.fromEntries(parts), ...(name === 'aggregate' ? { cursor: {} } : {}) };
}

/** The same with `?` for what differs from question to question: two commands of one shape are planned alike. */
function withoutValues(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? value : '?';
  if (typeof value === 'number') return Math.abs(value) <= 1 ? value : '?';
  if (Array.isArray(value)) {
    const items = value.map(withoutValues);
    return items.length && items.every((item) => item === '?') ? ['?'] : items;
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]: [string, unknown]) => [key, withoutValues(part)]),
    );
  }
  return value;
}

/** A command stripped of its values, as text. */
export const shapeOf = (command: ReadCommand): string =>
  `${command.subgraph}.${command.collection} ${JSON.stringify(withoutValues(essence(command)))}`;

const DECIDING = ['$match', '$sort', '$limit'];

/**
 * The part of a shape that decides by which index documents are found: what stands before the
 * first stage that computes something. Commands that share it share the way to their documents.
 */
export function wayOf(command: ReadCommand): string {
  const { pipeline, ...rest } = essence(command);
  if (!Array.isArray(pipeline)) return shapeOf(command);
  const stages = pipeline as Document[];
  const end = stages.findIndex((stage) => !DECIDING.includes(Object.keys(stage)[0] ?? ''));
  const leading = end < 0 ? stages : stages.slice(0, end);
  return JSON.stringify(
    withoutValues([command.subgraph, command.collection, rest['hint'], leading]),
  );
}

/** The stages of the plans that won, wherever the server's explanation has them. */
function stagesOf(explained: unknown): string[] {
  if (Array.isArray(explained)) return explained.flatMap(stagesOf);
  if (!explained || typeof explained !== 'object') return [];
  return Object.entries(explained).flatMap(([key, part]: [string, unknown]) => {
    if (key === 'rejectedPlans' || key === 'command') return [];
    return key === 'stage' && typeof part === 'string' ? [part] : stagesOf(part);
  });
}

/** Asks the database how it would carry out a command: the stages of its plan. */
export async function explain(command: ReadCommand): Promise<string[]> {
  const database = subgraphs.find(({ name }) => name === command.subgraph)?.database;
  return stagesOf(
    await database?.db?.command({ explain: essence(command), verbosity: 'queryPlanner' }),
  );
}

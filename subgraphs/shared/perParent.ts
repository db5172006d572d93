import type { mongo } from 'mongoose';
import type { AnyModel } from './AnyModel.ts';
import type { Condition } from './condition.ts';

type Document = mongo.BSON.Document;

/** How records name the parents that they belong to. */
export interface Belonging {
  /** The field, or list of fields, with the ids of the parents. */
  parentField: string;
  /** Where the field holds `parent|role` instead: the roles wanted. */
  roles?: readonly string[] | undefined;
}

const withRoles = (ids: readonly string[], roles: readonly string[]) =>
  ids.flatMap((id) => roles.map((role) => `${id}|${role}`));

/** The condition that a record belongs to one of the parents in `ids`. */
export const belongsTo = (
  { parentField, roles }: Belonging,
  ids: readonly string[],
): Condition => ({
  field: parentField,
  values: roles ? withRoles(ids, roles) : ids,
});

/** Stages that set `parent` on each record, and repeat one that belongs to several of `ids`. */
export function perParent(
  model: AnyModel,
  { parentField, roles }: Belonging,
  ids: readonly string[],
): Document[] {
  if (model.schema.path(parentField).instance !== 'Array') {
    return [{ $set: { parent: `$${parentField}` } }];
  }
  const parents = roles
    ? {
        $setUnion: [
          { $map: { input: within(parentField, withRoles(ids, roles)), in: parentOf } },
          [],
        ],
      }
    : within(parentField, ids);
  return [{ $set: { parent: parents } }, { $unwind: '$parent' }];
}

/** Ids come from clients, and one with `$` before it would be read as an expression. */
const within = (field: string, wanted: readonly string[]): Document => ({
  $setIntersection: [`$${field}`, { $literal: wanted }],
});

/** `parent` of `parent|role`; `$map` calls its item `$$this`. */
const parentOf = { $arrayElemAt: [{ $split: ['$$this', '|'] }, 0] };

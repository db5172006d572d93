import { oneOf } from '../../shared/condition.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { passingOn, reading } from '../../shared/reading.ts';
import { unitField } from '../../shared/unitField.ts';
import type { Complete } from '../../shared/types.ts';
import type { AdministrativeUnitResolvers, UnitChangeResolvers } from '../__generated__/types.ts';
import { organizationsByName, unitsByName } from '../orders.ts';
import { successorFields, successorsOn } from '../successorsOn.ts';
import type { AdministrativeUnitRow } from '../models/AdministrativeUnit.ts';

const today = () => new Date().toISOString().slice(0, 10);

export const AdministrativeUnit: Complete<AdministrativeUnitResolvers, AdministrativeUnitRow> = {
  __resolveReference: ({ id }, { loaders }, info) => loaders.unit.load(id, info),
  id: reading(['_id'], ({ _id }) => _id),
  parent: reading(['parentId'], ({ parentId }, _arguments, { loaders }, info) =>
    parentId ? loaders.unit.load(parentId, info) : null,
  ),
  ancestors: reading(['ancestorIds'], ({ ancestorIds }, _arguments, { loaders }, info) =>
    loaders.unit.loadPresent(ancestorIds, info),
  ),
  children: reading(['_id'], ({ _id }, { level, ...page }, { loaders }, info) =>
    loaders.unitPage.load(_id, info, () => ({
      parentField: 'parentId',
      conditions: oneOf('level', level),
      order: unitsByName,
      page: readPageArguments(page, unitsByName),
    })),
  ),
  changes: passingOn(['changes'], ({ changes }, unit) =>
    changes.map((change) => ({ ...change, from: unit })),
  ),
  successors: passingOn(successorFields, (_unit, itself, { asOf }, { loaders }, info) =>
    successorsOn(itself, asOf ?? today(), loaders, info),
  ),
  predecessors: reading(['_id'], ({ _id }, _arguments, { loaders }, info) =>
    loaders.predecessorsOf.load(_id, info),
  ),
  organizations: reading(
    ['_id'],
    ({ _id }, { kind, includeDescendants, ...page }, { loaders }, info) =>
      loaders.organizationPage.load(_id, info, () => ({
        parentField: unitField(includeDescendants),
        conditions: oneOf('kind', kind),
        order: organizationsByName,
        page: readPageArguments(page, organizationsByName),
      })),
  ),
};

export const UnitChange: UnitChangeResolvers = {
  to: ({ toId }, _arguments, { loaders }, info) => (toId ? loaders.unit.load(toId, info) : null),
};

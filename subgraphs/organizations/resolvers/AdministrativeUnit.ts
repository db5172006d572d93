import { oneOf } from '../../shared/condition.ts';
import { readPageArguments } from '../../shared/pageArguments.ts';
import { loadPresent } from '../../shared/rowLoaders.ts';
import { unitField } from '../../shared/unitField.ts';
import type { Complete } from '../../shared/types.ts';
import type { AdministrativeUnitResolvers, UnitChangeResolvers } from '../__generated__/types.ts';
import { organizationsByName, unitsByName } from '../orders.ts';
import { successorsOn } from '../successorsOn.ts';
import type { AdministrativeUnitRow } from '../models/AdministrativeUnit.ts';

const today = () => new Date().toISOString().slice(0, 10);

export const AdministrativeUnit: Complete<AdministrativeUnitResolvers, AdministrativeUnitRow> = {
  __resolveReference: ({ id }, { loaders }) => loaders.unit.load(id),
  id: ({ _id }) => _id,
  parent: ({ parentId }, _arguments, { loaders }) =>
    parentId ? loaders.unit.load(parentId) : null,
  ancestors: ({ ancestorIds }, _arguments, { loaders }) => loadPresent(loaders.unit, ancestorIds),
  children: ({ _id }, { level, ...page }, { loaders }) =>
    loaders
      .unitPage({
        parentField: 'parentId',
        conditions: oneOf('level', level),
        order: unitsByName,
        page: readPageArguments(page, unitsByName),
      })
      .load(_id),
  changes: (unit) => unit.changes.map((change) => ({ ...change, from: unit })),
  successors: (unit, { asOf }, { loaders }) => successorsOn(unit, asOf ?? today(), loaders),
  predecessors: ({ _id }, _arguments, { loaders }) => loaders.predecessorsOf.load(_id),
  organizations: ({ _id }, { kind, includeDescendants, ...page }, { loaders }) =>
    loaders
      .organizationPage({
        parentField: unitField(includeDescendants),
        conditions: oneOf('kind', kind),
        order: organizationsByName,
        page: readPageArguments(page, organizationsByName),
      })
      .load(_id),
};

export const UnitChange: UnitChangeResolvers = {
  to: ({ toId }, _arguments, { loaders }) => (toId ? loaders.unit.load(toId) : null),
};

import type { Samples } from './createOperations.ts';
import type { Question } from './questions.ts';

const SHAPES = 5;
const VARIATIONS = 40;

const kinds = ['POLICE', 'FRONT', 'PEOPLES_COMMITTEE', 'PARTY', 'STEERING_COMMITTEE'];
const levels = ['PROVINCE', 'DISTRICT', 'COMMUNE'];
const fieldSets = [
  ['id', 'name'],
  ['name', 'kind', 'level'],
  ['id', 'name', 'instance', 'validFrom'],
  ['name', 'otherNames', 'validTo', 'kind'],
];
const activityFields = [
  ['name', 'date'],
  ['id', 'name', 'form'],
  ['name', 'status', 'isEvent', 'date'],
];

/**
 * 200 questions, no two alike: five shapes, each with other ids, lengths, sets of fields, aliases and
 * depths every time, so that nothing that is remembered of one of them helps another.
 */
export function createMix({ unitIds, organizationIds, activityIds }: Samples): Question[] {
  const pick = <T>(values: readonly T[], index: number): T => {
    const value = values[index % values.length];
    if (value === undefined) throw new Error('the data hold nothing to ask for');
    return value;
  };
  const shapes: ((index: number, alias: string) => Question)[] = [
    (index, alias) => ({
      kind: 'organizations',
      alias,
      first: 5 + (index % 20),
      kinds: [pick(kinds, index)],
      levels: [pick(levels, index)],
      fields: pick(fieldSets, index),
      withUnit: index % 2 === 0,
    }),
    (index, alias) => ({
      kind: 'dashboard',
      alias,
      id: pick(organizationIds, index),
      first: 1,
      kinds: [],
      levels: [],
      campaigns: index % 3,
      activities: index % 4 ? 1 + (index % 3) : 0,
      outcomes: index % 2 ? 2 : 0,
      recognitions: 2 + (index % 5),
    }),
    (index, alias) => ({
      kind: 'activity',
      alias,
      id: pick(activityIds, index),
      fields: pick(activityFields, index),
      participations: 2 + (index % 6),
      outcomes: index % 3,
      recognitions: index % 4,
    }),
    (index, alias) => ({
      kind: 'recognitions',
      alias,
      unitId: pick(unitIds, index),
      first: 3 + (index % 12),
      withIssuers: index % 3 > 0,
      withCampaign: index % 2 === 0,
    }),
    (index, alias) => ({
      kind: 'unit',
      alias,
      id: pick(unitIds, index),
      children: 2 + (index % 9),
      organizations: index % 2 ? 3 + (index % 7) : 0,
    }),
  ];
  return Array.from({ length: SHAPES * VARIATIONS }, (_, index) =>
    pick(shapes, index)(Math.floor(index / SHAPES), `a${index}`),
  );
}

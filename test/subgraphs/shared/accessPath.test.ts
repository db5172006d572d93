import { Schema, createConnection } from 'mongoose';
import { expect, it } from 'vitest';
import { accessPath } from '../../../subgraphs/shared/accessPath.ts';
import { expression, oneOf } from '../../../subgraphs/shared/condition.ts';
import { order } from '../../../subgraphs/shared/order.ts';

const schema = new Schema({ parentId: String, kind: String, nameSort: String, level: String });
schema.index({ parentId: 1, kind: 1 });
schema.index({ kind: 1, nameSort: 1 });
schema.index({ level: 1 });
schema.index({ nameSort: 1, _id: 1 });
const model = createConnection().model('Thing', schema, 'things');
const byName = order('NAME', { nameSort: 1 });

const stagesFor = (...conditions: ReturnType<typeof oneOf>) =>
  accessPath(model, conditions, byName);

it('conditions that one index answers are a stage of their own', () => {
  expect(
    stagesFor(...oneOf('kind', 'A'), ...oneOf('parentId', ['p', 'q']), ...oneOf('level', 'L')),
  ).toEqual({
    stages: [
      { $match: { parentId: { $in: ['p', 'q'] }, kind: 'A' } },
      { $match: { $and: [{ level: 'L' }] } },
    ],
  });
});

it('of indexes that answer as much, the first declared is taken', () => {
  expect(stagesFor(...oneOf('level', 'L'), ...oneOf('kind', 'A')).stages[0]).toEqual({
    $match: { kind: 'A' },
  });
});

it('a gap in an index ends what it answers', () => {
  expect(stagesFor(...oneOf('nameSort', 'n'), ...oneOf('parentId', 'p')).stages[0]).toEqual({
    $match: { parentId: 'p' },
  });
});

it('ids are found by the index of ids', () => {
  expect(stagesFor(...oneOf('_id', ['a', 'b']))).toEqual({
    stages: [{ $match: { _id: { $in: ['a', 'b'] } } }],
  });
});

it('where no index answers a condition, that of the order is named', () => {
  const hint = { nameSort: 1, _id: 1 };
  expect(stagesFor()).toEqual({ stages: [], hint });
  expect(stagesFor(...expression({ x: { $gt: 1 } }))).toEqual({
    stages: [{ $match: { $and: [{ x: { $gt: 1 } }] } }],
    hint,
  });
});

it('an order by id has the index of ids', () => {
  expect(accessPath(model, [], order('ID', {}))).toEqual({ stages: [], hint: { _id: 1 } });
});

it('an order without an index is a fault, named', () => {
  expect(() => accessPath(model, [], order('SIZE', { size: 1 }))).toThrow(
    'Thing has no index for the order SIZE (size,_id)',
  );
});

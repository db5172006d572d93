import { buildSchema, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createOperations } from '../../../scripts/bench/operations/createOperations.ts';

const file = new URL('../../../schema/api.graphql', import.meta.url);
const schema = buildSchema(readFileSync(file, 'utf8'));
const ids = (kind: string) => Array.from({ length: 48 }, (_, index) => `${kind}-${index}`);
const operations = createOperations({
  unitIds: ids('unit'),
  organizationIds: ids('org'),
  activityIds: ids('act'),
});
const requests = operations.flatMap((operation) => operation.requests);

it('the mix holds 200 operations, no two alike', () => {
  const mix = operations.find(({ name }) => name === 'mix')?.requests ?? [];
  const withoutNames = mix.map(({ query }) => query.replace(/Mix\d+|a\d+:/g, ''));
  expect(mix).toHaveLength(200);
  expect(new Set(withoutNames).size).toBe(200);
});

it('every operation is one that the graph knows', () => {
  const errors = requests.flatMap(({ query }) =>
    validate(schema, parse(query)).map(({ message }) => `${message}\n${query}`),
  );
  expect(errors).toEqual([]);
});

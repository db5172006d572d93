import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphql } from 'graphql';
import { createSchema } from '../createSchema.ts';

/** Asks as the gateway does. */
const entities = (representations: object[]) =>
  graphql({
    schema: createSchema(),
    source: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on TemplateNameReport { title }
        ... on TemplateSubject { templateNameReports { id } }
      }
    }`,
    variableValues: { representations },
  });

void test('records come in the order in which they are asked for, null for unknown ones', async () => {
  const result = await entities([
    { __typename: 'TemplateNameReport', id: 'unknown' },
    { __typename: 'TemplateNameReport', id: 'template-name-1' },
    { __typename: 'TemplateSubject', id: 'template-subject-id' },
  ]);
  assert.deepEqual(JSON.parse(JSON.stringify(result)), {
    data: {
      _entities: [
        null,
        { title: 'First report' },
        { templateNameReports: [{ id: 'template-name-2' }, { id: 'template-name-1' }] },
      ],
    },
  });
});

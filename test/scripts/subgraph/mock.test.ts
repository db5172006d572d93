import { expect, it } from 'vitest';
import { parse } from 'graphql';
import { serveMock } from '../../../scripts/subgraph/mock/serveMock.ts';
import { composedServices } from '../../../scripts/schema/generatedFiles.ts';
import { post } from '../../helpers/graph.ts';
import { goodSdl } from './kit.ts';

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on DutyReport { id title } }
}`;
const representations = ['b', 'a', 'b'].map((id) => ({ __typename: 'DutyReport', id }));

it('a mock gives the same values for the same id, in order, whenever it runs', async () => {
  const answers = [];
  for (const _ of [1, 2]) {
    const server = await serveMock('duty', parse(goodSdl), { port: 0 });
    answers.push(await post(server.url, entities, { representations }));
    await server.close();
  }
  const title = expect.stringMatching(/^mocked String \d+$/) as string;
  expect(answers[0]).toEqual({
    data: { _entities: ['b', 'a', 'b'].map((id) => ({ id, title })) },
  });
  expect(answers[1]).toEqual(answers[0]);
});

it('a record that is asked for by its id has it, and interfaces have one of their types', async () => {
  const organizations = composedServices().find(({ name }) => name === 'organizations');
  const server = await serveMock('organizations', organizations?.typeDefs ?? parse(''), {
    port: 0,
    ids: new Map([['AdministrativeUnit', 'place-x']]),
    preferred: new Set(['PoliceUnit']),
  });
  const query =
    '{ organization(id: "org-x") { __typename id kind unit { id } parent { __typename } } }';
  expect(await post(server.url, query)).toEqual({
    data: {
      organization: {
        __typename: 'PoliceUnit',
        id: 'org-x',
        kind: expect.any(String) as string,
        unit: { id: 'place-x' },
        parent: { __typename: 'PoliceUnit' },
      },
    },
  });
  await server.close();
});

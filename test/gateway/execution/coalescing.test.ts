import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { coalescing } from '../../../gateway/execution/coalescing.ts';
import { ANYONE } from '../../../subgraphs/shared/Viewer.ts';

const query = parse('{ books { title } }');
const mutation = parse('mutation { reviewAdd { text } }');

/** Carries out operations one by one, each when it is told to. */
function start() {
  const ends: (() => void)[] = [];
  const execute = coalescing(
    () => new Promise((resolve) => ends.push(() => resolve({ data: '{}', errors: [] }))),
  );
  const ask = (document: typeof query, showsPlan = false) =>
    execute({ document, variables: {}, viewer: ANYONE, clientRequest: {}, showsPlan });
  return { ends, ask };
}

test.each([false, true])(
  'nobody joins what began before a mutation, whether its client is shown the plan: %s',
  async (showsPlan) => {
    const { ends, ask } = start();
    const before = ask(query);
    const change = ask(mutation, showsPlan);
    ends[1]?.();
    await change;
    const after = ask(query);
    expect(ends).toHaveLength(3);
    for (const end of ends) end();
    await Promise.all([before, after]);
  },
);

test('who is shown the plan joins nobody', async () => {
  const { ends, ask } = start();
  const answers = [ask(query), ask(query), ask(query, true)];
  expect(ends).toHaveLength(2);
  for (const end of ends) end();
  await Promise.all(answers);
});

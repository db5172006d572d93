import { describe, expect, it } from 'vitest';
import { createFolder, run } from '../subgraph/kit.ts';

const folder = await createFolder();
const before = 'type Query { a: Int b(x: Int): Int c: Int }';
const diff = (from: string, to: string, ...args: string[]) =>
  run('schemaDiff', ['--from', from, '--to', to, '--operations', folder.path, ...args]);

describe('schema:diff', () => {
  it('tells what breaks a saved operation, with file and line, from what breaks none', async () => {
    const from = await folder.write('before.txt', before);
    const to = await folder.write('after.txt', 'type Query { b(x: Int!): Int d: Int }');
    await folder.write('A.graphql', 'query A {\n  a\n}');
    expect(await diff(from, to)).toEqual({
      code: 1,
      output: `breaking   Field \`a\` was removed from object type \`Query\`: used by A (${folder.path}/A.graphql:2)
breaking   Field \`c\` was removed from object type \`Query\`: no saved operation uses it
breaking   Type for argument \`x\` on field \`Query.b\` changed from \`Int\` to \`Int!\`: no saved operation uses it
safe       Field \`d\` was added to object type \`Query\`
`,
    });
    const { code, output } = await diff(from, to, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ ok: false, changes: { length: 4 } });
  });

  it('no changes are good', async () => {
    const from = await folder.write('before.txt', before);
    expect(await diff(from, from)).toEqual({ code: 0, output: 'no changes\n' });
  });

  it('a file that is no schema is wrong usage', async () => {
    const file = await folder.write('no.txt', 'type {');
    const { code, output } = await diff(file, file);
    expect(output).toContain(`error: ${file} is no API schema: Syntax Error`);
    expect(code).toBe(2);
  });
});

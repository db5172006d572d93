import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileRewrites } from '../../../gateway/execution/compileRewrites.ts';
import { createTypeCondition } from '../../../gateway/execution/TypeCondition.ts';

const meets = createTypeCondition(
  buildSchema(`
    type Query { work: Work }
    interface Work { title: String }
    type Book implements Work { title: String }
    type Film implements Work { title: String! }
  `),
);

describe('compileRewrites', () => {
  it('a name is taken back for objects of its type only', () => {
    const rewrite = compileRewrites(
      [
        {
          kind: 'KeyRenamer',
          path: ['works', '... on Film', 'title__alias_0'],
          renameKeyTo: 'title',
        },
      ],
      meets,
    );
    const data = {
      works: [
        { __typename: 'Film', title__alias_0: 'a' },
        { __typename: 'Book', title: 'b' },
        [null, { __typename: 'Film', title__alias_0: 'c' }],
      ],
    };
    rewrite?.(data);
    expect(data).toEqual({
      works: [
        { __typename: 'Film', title: 'a' },
        { __typename: 'Book', title: 'b' },
        [null, { __typename: 'Film', title: 'c' }],
      ],
    });
  });

  it('a type is replaced in whatever meets the condition', () => {
    const rewrite = compileRewrites(
      [{ kind: 'ValueSetter', path: ['... on Work', '__typename'], setValueTo: 'Work' }],
      meets,
    );
    const data = { __typename: 'Film', id: '1' };
    rewrite?.(data);
    expect(data).toEqual({ __typename: 'Work', id: '1' });
  });

  it('a field that has the name __proto__ is moved, not looked up', () => {
    const rewrite = compileRewrites(
      [{ kind: 'KeyRenamer', path: ['a'], renameKeyTo: '__proto__' }],
      meets,
    );
    const data = { a: { b: 1 } };
    rewrite?.(data);
    expect(JSON.stringify(data)).toBe('{"__proto__":{"b":1}}');
  });

  it('a field is merged with the part of it that is there already', () => {
    const rewrite = compileRewrites(
      [{ kind: 'KeyRenamer', path: ['series__alias_0'], renameKeyTo: 'series' }],
      meets,
    );
    const data = { series: [{ id: 'b1' }, null], series__alias_0: [{ __typename: 'Book' }, null] };
    rewrite?.(data);
    expect(data).toEqual({ series: [{ id: 'b1', __typename: 'Book' }, null] });
  });

  it('none are none', () => {
    expect(compileRewrites([], meets)).toBeUndefined();
  });
});

import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSubgraphs } from '../../scripts/schema/composition.ts';
import { composedServices } from '../../scripts/schema/generatedFiles.ts';

const service = (name: string, sdl: string) => ({
  name,
  url: `http://127.0.0.1/${name}`,
  typeDefs: parse(
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"]) ${sdl}`,
  ),
});

describe('composition', () => {
  it('finds nothing that the subgraphs say differently of one thing', () => {
    expect(composeSubgraphs(composedServices()).warnings).toEqual([]);
  });

  it('warns when one thing is described in two ways', () => {
    const { warnings } = composeSubgraphs([
      service('a', 'type Query { "One way." x: Int @shareable }'),
      service('b', 'type Query { "Another way." x: Int @shareable }'),
    ]);
    expect(warnings).toEqual([expect.stringMatching(/^INCONSISTENT_DESCRIPTION: .*"Query\.x"/)]);
  });

  it('says why subgraphs do not fit together', () => {
    const compose = () =>
      composeSubgraphs([
        service('a', 'type Query { x: Int }'),
        service('b', 'type Query { x: Int }'),
      ]);
    expect(compose).toThrow(
      expect.objectContaining({
        message: 'the subgraphs do not compose',
        hints: [expect.stringContaining('"Query.x"')],
      }),
    );
  });
});

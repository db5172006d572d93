import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../scripts/bench/readFlags.ts';

describe('the flags of npm run bench', () => {
  it('have defaults: all that there is, on size M', () => {
    const flags = readFlags([]);
    expect(flags).toMatchObject({ size: { name: 'M' }, rounds: 3, help: false });
    expect(flags.variants).toHaveLength(8);
    expect(flags.operations).toHaveLength(6);
    expect(flags.databases).toEqual(['stub', 'mongodb']);
  });

  it('take some of what there is, in its own order', () => {
    const flags = readFlags(['--variants', 'limit, embedded', '--seconds', '0.2', '--size', 'S']);
    expect(flags).toMatchObject({
      variants: ['embedded', 'limit'],
      seconds: 0.2,
      size: { name: 'S' },
    });
  });

  it.each([
    [['--size', 'L'], '--size must be S or M; got "L".'],
    [['--seconds', '0'], '--seconds must be a number above 0, of at most 600; got "0".'],
    [['--seconds', '1e3'], '--seconds must be a number above 0, of at most 600; got "1e3".'],
    [['--rounds', '1.5'], '--rounds must be a whole number from 1 to 99; got "1.5".'],
    [['--tables', '0'], '--tables must be a whole number from 1 to 100000000; got "0".'],
    [['--databases', 'stub,mysql'], '--databases takes some of stub, mongodb; got "mysql".'],
    [
      ['--variants', ''],
      '--variants takes some of embedded, unguarded, distributed, stock, hive, yoga, mercurius-jit, limit; got "".',
    ],
    [['--sise', 'M'], "Unknown option '--sise'"],
    [['M'], "Unexpected argument 'M'"],
  ])('%j is refused', (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
  });
});

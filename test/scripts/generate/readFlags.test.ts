import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../scripts/generate/readFlags.ts';
import { sizes } from '../../../scripts/generate/sizes.ts';
import { startScript } from '../../helpers/startScript.ts';

describe('flags', () => {
  it('name a size and a seed, or say to remove', () => {
    expect(readFlags(['--size', 'S'])).toEqual({ remove: false, size: sizes.S, seed: 1 });
    expect(readFlags(['--size=M', '--seed=7'])).toEqual({ remove: false, size: sizes.M, seed: 7 });
    expect(readFlags(['--remove'])).toEqual({ remove: true });
  });

  it.each([
    [[], '--size is missing'],
    [['--size', 'XL'], 'must be S, M or L; got "XL"'],
    [['--size', 'toString'], 'must be S, M or L'],
    [['--size', 'S', '--seed', '-1'], 'seed'],
    [['--size', 'S', '--seed=1.5'], 'whole number'],
    [['--size', 'S', '--remove'], 'goes with no other flag'],
    [['--sise', 'S'], '--sise'],
    [['S'], 'S'],
  ])('%j are refused', (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
  });

  it('that are wrong end the command with one clear line and the usage', async () => {
    const script = startScript('scripts/generate.ts', {}, ['--size', 'XL']);
    expect(await script.ended).toBe(1);
    expect(script.output()).toMatch(/^error: --size must be S, M or L; got "XL"\.\n {2}npm run/m);
  });
});

import { describe, expect, it } from 'vitest';
import { findStaleFiles, generateFiles } from '../../scripts/schema/generatedFiles.ts';

describe('generated files', () => {
  it('are up to date', async () => {
    expect(await findStaleFiles()).toEqual([]);
  });

  it('come out the same each time', async () => {
    expect(await generateFiles()).toEqual(await generateFiles());
  });
});

import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** `npm run test:fuzz`: requests that are made up by the thousand, by ourselves and by schemathesis. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/attacks/fuzz.test.ts', 'test/attacks/**/*.fuzz.ts'],
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** `npm run test:faults`: long ones, one file after the other, so that none disturbs the time of another. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/faults/**/*.faults.ts'],
    testTimeout: 300_000,
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** `npm run test:browser`: pages in a real Chromium, over the real graph. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/browser/**/*.browser.ts'],
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** `npm run test:portability`: apart from the other tests, because it installs another engine first. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/portability/*.portability.ts'],
    globalSetup: ['test/helpers/globalSetup.ts', 'test/portability/installHive.ts'],
  },
});

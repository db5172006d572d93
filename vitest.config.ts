import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Apollo's packages load graphql as CommonJS: two copies of it would not know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/globalSetup.ts'],
    // The slowest rung of the ladder may be busy with the other worker.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Two cores: one for the tests, one for the database and the processes that tests start.
    maxWorkers: 2,
  },
});

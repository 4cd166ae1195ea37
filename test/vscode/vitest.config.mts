import { defineConfig } from 'vitest/config';

/** The end-to-end tests: one VS Code server and one browser for all, one window after another. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['driver/globalSetup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

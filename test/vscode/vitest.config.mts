import { defineConfig } from 'vitest/config';

/** The end-to-end run: one VS Code, one browser, one file after another. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});

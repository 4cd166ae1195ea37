import { defineConfig } from 'vitest/config';

/** The end-to-end tests: one VS Code server and one browser for all, one window after another. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['driver/globalSetup.ts'],
    fileParallelism: false,
    // Waiting ends sooner; these are for machines that are busy with other things.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

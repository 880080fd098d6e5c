import { defineConfig } from 'vitest/config';

/** The tests that mutants are held against: the quick ones of single modules, and none of a whole run. */
export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/{common,inputs,output,reports}/**/*.test.ts'],
    exclude: ['test/run.test.ts', 'test/output/html/**', 'test/output/{files,redact,summary}.test.ts'],
    testTimeout: 60_000,
  },
});

import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vitest/config';
import { NOW } from './test/clock.ts';

/** GitHub's parser is published with source maps that point nowhere, and Vite would say so for each of them. */
const withoutSourceMaps: Plugin = {
  name: 'without-source-maps',
  enforce: 'pre',
  load: (id) =>
    /\/@actions\/.*\.js$/.test(id)
      ? readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '')
      : undefined,
};

export default defineConfig({
  plugins: [withoutSourceMaps],
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/no-today.ts'],
    fakeTimers: { now: NOW.getTime() },
    // Whole runs of the action, 100,000 seats and a browser among them, on machines that may be busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      include: ['src/**/*.ts'],
      // Runs in a browser (test/browser) or is generated.
      exclude: ['src/output/html/page/**', 'src/output/html/assets.generated.ts', 'src/index.ts'],
      reporter: ['text', 'html'],
      thresholds: { lines: 95, branches: 95 },
    },
    // GitHub's parser is published as modules that Node.js alone does not resolve.
    server: { deps: { inline: [/@actions\//] } },
  },
});

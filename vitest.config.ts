import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/browser/**', 'node_modules/**'],
    coverage: { include: ['src/**/*.ts'], exclude: ['src/output/html/page/**'], reporter: ['text', 'html'] },
    server: { deps: { inline: [/@actions\//] } },
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '.stryker-tmp/**'],
    coverage: { include: ['src/**/*.ts'], exclude: ['src/output/html/page/**'], reporter: ['text', 'html'] },
    server: { deps: { inline: [/@actions\//] } },
  },
});

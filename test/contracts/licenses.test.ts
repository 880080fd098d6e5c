import { expect, test } from 'vitest';
import { read } from './repository.ts';

test('dist/licenses.txt has the license of every dependency, and of those in the HTML page', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const packages = { ...dependencies, '@tanstack/table-core': '' };
  const licenses = read('dist/licenses.txt');
  const missing = Object.entries(packages).filter(
    ([name, version]) => !licenses.includes(`${name} ${version}`),
  );
  expect(missing).toEqual([]);
});

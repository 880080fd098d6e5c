import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from './repository.ts';

test('tests run on the Node.js that the runner runs the action with', () => {
  expect(process.versions.node).toMatch(/^24\./);
  expect(parse(read('action.yml')).runs.using).toBe('node24');
  expect(JSON.parse(read('package.json')).engines.node).toBe('>=24');
});

test('the dependencies of the action are pinned, and none runs a script when it is installed', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);

  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; hasInstallScript?: boolean }>;
  };
  const withScripts = Object.entries(packages)
    .filter(([, { dev, optional, hasInstallScript }]) => hasInstallScript && !dev && !optional)
    .map(([name]) => name);
  expect(withScripts).toEqual([]);
});

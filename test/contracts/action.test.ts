/** action.yml, the code and the README say the same. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { updateDocs } from '../../scripts/docs.ts';
import { INPUT_DEFAULTS } from '../../src/inputs/index.ts';
import { METRIC_NAMES, REPORT_NAMES } from '../../src/metrics.ts';
import { FORMAT_NAMES, REPORT_FILES } from '../../src/report-files.ts';
import { read } from './repository.ts';

interface Action {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
}
const action = parse(read('action.yml')) as Action;

test('the inputs of action.yml are those of the code, with the same defaults', () => {
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']),
  );
  expect(defaults).toEqual({ ...INPUT_DEFAULTS, 'api-url': '${{ github.api_url }}' });
  expect(Object.keys(defaults)).toEqual(Object.keys(INPUT_DEFAULTS));
});

test('the token alone is required', () => {
  const required = Object.entries(action.inputs).filter(([, input]) => input.required);
  expect(required.map(([name]) => name)).toEqual(['token']);
});

test.each([
  ['report', REPORT_NAMES],
  ['formats', FORMAT_NAMES],
] as const)('action.yml describes what %s may be', (input, names) => {
  for (const name of names) expect(action.inputs[input]?.description).toContain(name);
});

test('the outputs of action.yml are those of a run, then every metric in order', () => {
  expect(Object.keys(action.outputs)).toEqual([
    'status',
    'breaches',
    'metrics',
    'report-directory',
    'files',
    ...METRIC_NAMES,
  ]);
});

test('action.yml and the tables of the README are up to date', () => {
  expect(updateDocs(false)).toEqual([]);
});

test('the README names every file that a run writes', () => {
  for (const [file, { of }] of REPORT_FILES) {
    if (of !== undefined) expect(read('README.md')).toContain(`\`${file}\``);
  }
});

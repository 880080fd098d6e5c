/** Whichever step of the way out fails: the run ends in an error, and nothing that it leaves says otherwise. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActionRun } from './action.ts';
import { annotations, report, startGitHub, workspace } from './support.ts';

const now = new Date('2026-11-20T12:00:00Z');
const INPUTS = {
  formats: 'csv, json, xlsx, markdown, html, prometheus',
  'fail-on': 'seats-over: above 1000',
};
/** A name that a file may have, and its lock may not. */
const LONG_NAME = 'h'.repeat(252);

interface Sabotage {
  /** Between the checks before the first request and the answer to it; `place` is the workspace. */
  readonly meanwhile?: (place: string) => void;
  readonly inputs?: Record<string, string>;
  readonly env?: (place: string) => Record<string, string>;
}

async function sabotaged({ meanwhile, inputs, env }: Sabotage): Promise<ActionRun> {
  const place = workspace();
  const github = await startGitHub({ seats: 5, latencyMs: 300, now });
  const asked = (async () => {
    while (github.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    meanwhile?.(place);
  })();
  const [run] = await Promise.all([
    report(github, { ...INPUTS, ...inputs }, { workspace: place, clock: { now }, env: env?.(place) ?? {} }),
    asked,
  ]);
  return run;
}

/** The file that a step does not write when it fails. */
const LOST: Readonly<Record<string, string>> = {
  'a data file': 'licenses.csv',
  'the metrics': 'metrics.prom',
  'the workbook': 'report.xlsx',
  'the page': 'report.html',
  'summary.md': 'summary.md',
};

const directoryAt = (name: string) => (place: string) =>
  void mkdirSync(path.join(place, 'enterprise-report', name), { recursive: true });
const outputFile = (place: string) => path.join(place, 'output');

describe.each<readonly [step: string, said: RegExp, Sabotage]>([
  [
    'a data file',
    /licenses\.csv cannot be written: it is a directory/,
    { meanwhile: directoryAt('licenses.csv') },
  ],
  ['the history', /h{252} cannot be written: ENAMETOOLONG/, { inputs: { 'history-file': LONG_NAME } }],
  [
    'the metrics',
    /metrics\.prom cannot be written: it is a directory/,
    { meanwhile: directoryAt('metrics.prom') },
  ],
  [
    'the workbook',
    /report\.xlsx cannot be written: it is a directory/,
    { meanwhile: directoryAt('report.xlsx') },
  ],
  [
    'the page',
    /report\.html cannot be written: it is a directory/,
    { meanwhile: directoryAt('report.html') },
  ],
  [
    'summary.md',
    /summary\.md cannot be written: it is a directory/,
    { meanwhile: directoryAt('summary.md') },
  ],
  [
    'the job summary',
    /The job summary could not be written \(EISDIR/,
    {
      env: (place) => {
        mkdirSync(path.join(place, 'summary'));
        return { GITHUB_STEP_SUMMARY: path.join(place, 'summary') };
      },
    },
  ],
  [
    'the outputs',
    /The outputs could not be written \(Missing file at path/,
    {
      env: (place) => {
        writeFileSync(outputFile(place), '');
        return { GITHUB_OUTPUT: outputFile(place) };
      },
      meanwhile: (place) => rmSync(outputFile(place)),
    },
  ],
])('when %s cannot be written', (step, said, sabotage) => {
  test('the run ends in an error, which stands wherever the verdict does', async () => {
    const run = await sabotaged(sabotage);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('Status: error');
    expect(annotations(run, 'error')).toEqual([expect.stringMatching(said)]);
    if (step !== 'the outputs') expect(run.outputs.status).toBe('error');
    if (step !== 'the workbook') expect(run.read('report.xlsx')).toContain('<is><t>error</t></is>');
    if (step !== 'the metrics')
      expect(run.read('metrics.prom')).toMatch(/^enterprise_license_report_status\{.*status="error"\} 1$/m);
    const plain = (text: string) => text.replaceAll(/<[^>]*>|\\/g, '');
    const verdicts = {
      ...(step !== 'the job summary' && { summary: run.summary }),
      ...(step !== 'summary.md' && { 'summary.md': run.read('summary.md') }),
      ...(step !== 'the page' && { 'report.html': run.read('report.html') }),
    };
    for (const [name, text] of Object.entries(verdicts)) {
      expect(text, name).toMatch(name === 'report.html' ? /class="verdict error"/ : /^# 🚫/m);
      expect(text, name).not.toMatch(/^# ✅|class="verdict (?!error)/m);
      expect(plain(text), name).toMatch(said);
    }
  });

  test('everything else is there', async () => {
    const run = await sabotaged(sabotage);
    const lost = LOST[step];
    const all = [
      'candidates.csv',
      'duplicates.csv',
      'licenses.csv',
      'licenses.json',
      'metrics.prom',
      'organizations.csv',
      'report.html',
      'report.xlsx',
      'summary.md',
      'visual-studio.csv',
    ];
    expect(run.files).toEqual(all);
    const written = all.filter((name) => name !== lost);
    for (const name of written) expect(run.read(name)).not.toBe('');
    if (step === 'the outputs') return;
    expect(run.outputs).toMatchObject({ users: '5', 'seats-over': '0' });
    const named = run.outputs.files?.split('\n').map((file) => path.basename(file)) ?? [];
    expect(named.toSorted()).toEqual(written);
    const told =
      run
        .read(step === 'summary.md' ? 'report.html' : 'summary.md')
        .split('Files')
        .at(-1) ?? '';
    for (const name of all)
      expect(told.includes(`<code>${name}</code>`) || told.includes(`\`${name}\``), name).toBe(name !== lost);
  });
});

test('a file in place of ours is found before the first request, and stays', async () => {
  const place = workspace();
  const github = await startGitHub({ seats: 5, now });
  const directory = path.join(place, 'enterprise-report');
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'summary.md'), '# Holiday plans\n');
  writeFileSync(path.join(directory, 'usage.csv'), 'mine\n');
  const run = await report(github, INPUTS, { workspace: place, clock: { now } });
  expect([run.exitCode, run.outputs.status]).toEqual([1, 'error']);
  expect(annotations(run, 'error')).toEqual([
    expect.stringMatching(/`report-directory`: .*: summary\.md\. /),
  ]);
  expect(github.requests).toEqual([]);
  expect(readdirSync(directory)).toEqual(['summary.md', 'usage.csv']);
  expect(run.read('summary.md')).toBe('# Holiday plans\n');
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { discardUnfinished } from '../../src/common/files.ts';
import { makeOutcome } from '../../src/outcome.ts';
import { publish } from '../../src/output/publish.ts';
import type { Block, Report, Section } from '../../src/reports/report.ts';
import { NOW } from '../clock.ts';
import { parseOutputs } from '../e2e/action.ts';

let directory: string;
let printed: string;
const at = (name: string) => path.join(directory, name);
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'publish-'));
  for (const name of ['output', 'summary']) writeFileSync(at(name), '');
  vi.stubEnv('GITHUB_OUTPUT', at('output'));
  vi.stubEnv('GITHUB_STEP_SUMMARY', at('summary'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const table = { name: 'licenses', title: 'People', columns: [], rows: [] };
const reportWith = (sections: readonly Section[]): Report => ({
  name: 'licenses',
  title: 'Licenses',
  measures: {},
  figures: [],
  sections,
  tables: [table],
  files: [],
  notices: [],
  errors: [],
  organizations: [],
});

/** Publishes a run that passes, and returns what is left of it. */
async function publishing(sections: readonly Section[], recordRun?: () => Promise<void>) {
  const outcome = makeOutcome({
    enterprise: 'acme',
    apiUrl: 'https://api.github.com',
    generatedAt: NOW,
    measures: { users: 3 },
    metrics: { users: 3 },
    judgements: [],
    errors: [],
    links: [],
    pages: [],
    notices: [],
    reports: [reportWith(sections)],
    extras: [],
    redaction: undefined,
  });
  const reportDirectory = at('report');
  const formats = ['csv', 'markdown', 'html', 'prometheus'] as const;
  await publish(outcome, { reportDirectory, formats, jobSummary: true, recordRun });
  return {
    outputs: parseOutputs(readFileSync(at('output'), 'utf8')),
    files: readdirSync(reportDirectory).sort(),
    summary: readFileSync(at('summary'), 'utf8'),
  };
}

test('the order is data, history, metrics.prom, page, summary.md, and a file that states the verdict is one that was written', async () => {
  let before: readonly string[] = [];
  const { outputs, files } = await publishing([], async () => {
    before = readdirSync(at('report'));
  });
  expect(before).toEqual(['licenses.csv']);
  expect(files).toEqual(['licenses.csv', 'metrics.prom', 'report.html', 'summary.md']);
  expect(outputs).toMatchObject({ status: 'pass', users: '3' });
  expect(outputs.files?.split('\n').map((file) => path.basename(file))).toEqual([
    'licenses.csv',
    'metrics.prom',
    'report.html',
    'summary.md',
  ]);
});

test('a fault in what shows the verdict loses nothing else, and leaves none', async () => {
  const broken = {
    get kind(): never {
      throw new TypeError('kind of undefined');
    },
  } as unknown as Block;
  const { outputs, files, summary } = await publishing([{ title: 'Seats', blocks: [broken] }]);
  // It shows no section.
  expect(files).toEqual(['licenses.csv', 'metrics.prom']);
  expect(readFileSync(at('report/metrics.prom'), 'utf8')).toMatch(/status="error"\} 1$/m);
  expect(summary).toBe('');
  expect(outputs).toMatchObject({
    status: 'error',
    users: '3',
    files: expect.stringMatching(/licenses\.csv\n.*metrics\.prom$/),
  });
  expect(printed).toContain('kind of undefined');
  expect(process.exitCode).toBe(1);
});

test('a run that is told to end before the verdict stands everywhere leaves none of it', async () => {
  let seen: readonly string[] = [];
  const sections: Section[] = [{ title: 'Seats', blocks: [{ kind: 'list', items: [] }] }];
  // The job summary is rendered once the files stand.
  const blocks = sections[0]?.blocks ?? [];
  let rendered = 0;
  Object.defineProperty(sections[0], 'blocks', {
    get: () => {
      seen = readdirSync(at('report')).filter((name) => !name.startsWith('.'));
      if (seen.includes('summary.md') && rendered++ === 0) discardUnfinished();
      return blocks;
    },
  });
  const { files } = await publishing(sections);
  expect(seen).toContain('summary.md');
  expect(files).toEqual(['licenses.csv']);
});

test('files stay once the run has ended', async () => {
  const { files } = await publishing([]);
  discardUnfinished();
  expect(readdirSync(at('report')).sort()).toEqual(files);
});

import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/common/documents.ts';
import { INPUT_DEFAULTS, type Inputs } from '../../src/inputs/index.ts';
import { readInputs, secrets } from '../../src/inputs/read.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const WORKSPACE = path.resolve('/workspace');

const env = (inputs: Record<string, string> = {}) => ({
  GITHUB_WORKSPACE: WORKSPACE,
  INPUT_TOKEN: 'ghp_token',
  INPUT_ENTERPRISE: 'acme',
  ...Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  ),
});
/** The inputs, once all are right. */
function readRight(given: Environment, now = NOW): Inputs {
  const { inputs, problems } = readInputs(given, now);
  expect(problems).toEqual([]);
  return inputs;
}
const read = (inputs: Record<string, string> = {}) => readRight(env(inputs));
const problems = (inputs: Record<string, string>) => readInputs(env(inputs), NOW).problems;

test('has the documented defaults', () => {
  expect(read()).toEqual({
    reports: ['licenses'],
    everyReport: false,
    enterprise: 'acme',
    token: 'ghp_token',
    apiUrl: 'https://api.github.com',
    apiVersion: '2022-11-28',
    gates: [],
    reportDirectory: path.join(WORKSPACE, 'enterprise-report'),
    people: true,
    formats: ['csv', 'json'],
    jobSummary: true,
    period: { year: 2026, month: 1 },
    advancedSecurityProduct: 'auto',
    staleAfterDays: 8,
    inactiveAfterDays: 30,
    historyFile: undefined,
    historyLimit: 520,
    previousReport: undefined,
    concurrency: 10,
    redactKey: undefined,
  });
});

test('an empty input means its default', () => {
  const { token, enterprise, ...optional } = INPUT_DEFAULTS;
  const empty = Object.fromEntries(Object.keys(optional).map((name) => [name, ' ']));
  expect(read(empty)).toEqual(read());
  expect([token, enterprise]).toEqual(['', '']);
});

test('takes lists by commas and lines, in the documented order, and "all"', () => {
  expect(read({ report: 'billing,\n licenses' }).reports).toEqual(['licenses', 'billing']);
  expect(read({ report: 'all' }).reports).toEqual(['licenses', 'sync-status', 'billing', 'copilot']);
  expect(['all', ' all,\n', 'licenses'].map((text) => read({ report: text }).everyReport)).toEqual([
    true,
    true,
    false,
  ]);
  expect(read({ formats: 'none' }).formats).toEqual([]);
});

test('takes the bounds of its numbers', () => {
  expect(read({ concurrency: '1', 'stale-after-days': '0', 'history-limit': '0' })).toMatchObject({
    concurrency: 1,
    staleAfterDays: 0,
    historyLimit: 0,
  });
  expect(
    read({ concurrency: '100', 'stale-after-days': '3650', 'history-limit': '1000000000' }),
  ).toMatchObject({ concurrency: 100, staleAfterDays: 3650, historyLimit: 1e9 });
  expect(read({ 'stale-after-days': '7.25' }).staleAfterDays).toBe(7.25);
  expect(read({ 'inactive-after-days': '1' }).inactiveAfterDays).toBe(1);
  expect(read({ 'inactive-after-days': '90' }).inactiveAfterDays).toBe(90);
});

test('takes what turns something off', () => {
  expect(read({ people: 'false', 'fail-on': 'seats-over: above 0' }).people).toBe(false);
  expect(read({ 'api-version': 'none' }).apiVersion).toBeUndefined();
  expect(read({ 'job-summary': 'False' }).jobSummary).toBe(false);
});

test('takes a key of 32 characters', () => {
  expect(read({ 'redact-key': 'k'.repeat(32) }).redactKey).toBe('k'.repeat(32));
});

test('takes files in the workspace, and a history of any name outside the report directory', () => {
  const { historyFile, previousReport } = read({
    'history-file': 'history/licenses.json',
    'previous-report': 'last/licenses.json',
  });
  expect(historyFile).toBe(path.join(WORKSPACE, 'history/licenses.json'));
  expect(previousReport).toBe(path.join(WORKSPACE, 'last/licenses.json'));
});

test('takes gates on metrics of any run, of selected reports and of the history', () => {
  const gates = (fail: string, more = {}) =>
    read({ 'fail-on': fail, ...more }).gates.map(({ metric }) => metric);
  expect(gates('token-days-left: below 14')).toEqual(['token-days-left']);
  expect(gates('servers: above 9', { report: 'sync-status' })).toEqual(['servers']);
  expect(gates('copilot-inactive-cost: above 9', { report: 'copilot, billing' })).toEqual([
    'copilot-inactive-cost',
  ]);
  expect(gates('seats-change: above 9', { 'history-file': 'history.ndjson' })).toEqual(['seats-change']);
});

test('resolves periods against the time of the run, in UTC', () => {
  const january = new Date('2026-01-01T00:30:00Z');
  expect(readRight(env({ period: 'previous' }), january).period).toEqual({ year: 2025, month: 12 });
  expect(readRight(env({ period: 'current' }), january).period).toEqual({ year: 2026, month: 1 });
  expect(read({ period: '2025-02' }).period).toEqual({ year: 2025, month: 2 });
  expect(read({ period: '2025-12' }).period).toEqual({ year: 2025, month: 12 });
  expect(read({ period: '2026-01' }).period).toEqual({ year: 2026, month: 1 });
  const march = new Date('2026-03-31T23:00:00Z');
  expect(readRight(env({ period: 'previous' }), march).period).toEqual({ year: 2026, month: 2 });
});

test.each([
  'https://api.acme.ghe.com',
  'https://github.acme.com/api/v3/',
  'http://127.0.0.1:8080',
  'http://localhost:1/api/v3',
  'http://[::1]:1',
  'https://api.github.com///',
])('accepts the REST base URL %s', (url) => {
  expect(read({ 'api-url': url }).apiUrl).toBe(url.replace(/\/+$/, ''));
});

test('takes the API of the host that runs the workflow when the input is empty', () => {
  expect(readRight({ ...env({ 'api-url': '' }), GITHUB_API_URL: ' https://api.acme.ghe.com ' }).apiUrl).toBe(
    'https://api.acme.ghe.com',
  );
});

test('enterprise may be empty only on Enterprise Server, and for its licenses only', () => {
  const server = { enterprise: '', 'api-url': 'https://github.acme.com/api/v3' };
  expect(read(server).enterprise).toBe('');
  for (const report of ['billing', 'licenses, billing'])
    expect(problems({ ...server, report }).join()).toContain('`enterprise` is missing');
  expect(problems({ enterprise: '' }).join()).toContain('`enterprise` is missing');
});

describe('wrong inputs name the input, the value and what is allowed', () => {
  test.each([
    [{ token: ' ' }, '`token` is missing'],
    [{ token: 'ghp_a\nb' }, '`token` has spaces, line breaks'],
    [
      { report: 'license' },
      '`report` has "license"; allowed are licenses, sync-status, billing, copilot, all. Did you mean "licenses"?',
    ],
    [{ report: 'all, billing' }, '"all" stands alone'],
    [{ report: ',' }, '`report` is ","; allowed are licenses, sync-status, billing, copilot, all'],
    [
      { formats: 'cvs' },
      '`formats` has "cvs"; allowed are csv, json, xlsx, markdown, html, prometheus, none. Did you mean "csv"?',
    ],
    [{ formats: 'none, csv' }, '"none" stands alone'],
    [
      { enterprise: 'https://github.com/enterprises/acme' },
      'allowed is the enterprise\'s slug (letters, digits, hyphens): "acme"',
    ],
    [
      { enterprise: '../admin' },
      '`enterprise` is "../admin"; allowed is the enterprise\'s slug (letters, digits, hyphens), the last part of https://github.com/enterprises/SLUG',
    ],
    [{ enterprise: 'acme/../admin' }, '`enterprise` is "acme/../admin"'],
    [{ 'api-url': 'http://github.acme.com/api/v3' }, 'allowed is https only'],
    [{ 'api-url': 'http://127.0.0.1.evil.com' }, 'allowed is https only'],
    [{ 'api-url': 'http://10.0.0.1' }, 'allowed is https only'],
    [{ 'api-url': 'ftp://acme' }, 'Input `api-url` is "ftp://acme"; allowed is an https URL'],
    [{ 'api-url': 'xhttps://acme' }, 'allowed is an https URL'],
    [{ 'api-url': 'api.github.com' }, 'allowed is an https URL'],
    [
      { 'api-url': 'https://api.git\nhub.com' },
      '`api-url` is "https://api.git\\nhub.com"; allowed is an https URL',
    ],
    [{ 'api-url': 'https://api.github.com/enterprises/acme' }, 'write https://api.github.com'],
    [{ 'api-url': 'https://api.acme.ghe.com/api/v3' }, 'write https://api.acme.ghe.com'],
    [{ 'api-url': 'https://github.com' }, 'write https://api.github.com'],
    [{ 'api-url': 'https://www.github.com' }, 'write https://api.github.com'],
    [{ 'api-url': 'https://acme.ghe.com' }, 'write https://api.acme.ghe.com'],
    [{ 'api-version': 'latest' }, '`api-version` is "latest"; allowed is a date such as 2022-11-28, or none'],
    [{ 'api-version': 'v2022-11-28' }, '`api-version` is "v2022-11-28"'],
    [{ 'api-version': '2022-11-28-preview' }, '`api-version` is "2022-11-28-preview"'],
    [{ 'job-summary': 'yes' }, '`job-summary` is "yes"; allowed are true and false'],
    [{ period: 'last' }, '`period` is "last"; allowed are current, previous, or a month such as 2026-03'],
    [{ period: '2026-13' }, '`period` is "2026-13"'],
    [{ period: '02026-01' }, '`period` is "02026-01"'],
    [{ period: '2026-011' }, '`period` is "2026-011"'],
    [{ period: '2026-02' }, 'a month that has not begun'],
    [{ period: '0000-01' }, '`period` is "0000-01", a month before GitHub began, in 2008'],
    [{ period: '2007-12' }, 'a month before GitHub began'],
    [{ period: '2026\u201103' }, '`period` is "2026<U+2011>03"'],
    [{ concurrency: '1\u00a00' }, '`concurrency` is "1<U+00A0>0"'],
    [{ report: 'licenses\u200b' }, '`report` has "licenses<U+200B>"'],
    [{ 'users\u00a0': 'x' }, '"users<U+00A0>" is no input of this action'],
    [{ period: '2027-01' }, 'a month that has not begun'],
    [
      { 'advanced-security-product': 'codesecurity' },
      '`advanced-security-product` is "codesecurity"; allowed are auto, code_security, secret_protection. Did you mean "code_security"?',
    ],
    [{ 'inactive-after-days': '0.5' }, '`inactive-after-days` is "0.5"'],
    [{ 'inactive-after-days': '91' }, 'allowed is a number of days from 1 to 90'],
    [{ 'stale-after-days': '-1' }, '`stale-after-days` is "-1"'],
    [{ 'stale-after-days': '8 days' }, 'allowed is a number of days'],
    [{ 'stale-after-days': '3651' }, '`stale-after-days` is "3651"'],
    [
      { 'history-limit': '1.5' },
      '`history-limit` is "1.5"; allowed is a whole number of runs, 0 keeping all',
    ],
    [{ people: 'no' }, '`people` is "no"; allowed are true and false'],
    [
      { people: 'false', 'previous-report': 'last.json' },
      '`previous-report` compares people, and people is false: leave one of the two out',
    ],
    [
      { people: 'FALSE', 'warn-on': 'users-visual-studio: above 5' },
      '`warn-on` names users-visual-studio, which is counted person by person, and people is false',
    ],
    [{ concurrency: '0' }, '`concurrency` is "0"; allowed is a whole number from 1 to 100'],
    [{ concurrency: '101' }, '`concurrency` is "101"'],
    [{ concurrency: 'ten' }, '`concurrency` is "ten"'],
    [{ concurrency: '+5' }, '`concurrency` is "+5"'],
    [{ concurrency: '5.0' }, '`concurrency` is "5.0"'],
    [{ 'stale-after-days': '+5' }, '`stale-after-days` is "+5"'],
    [{ 'redact-key': 'short' }, '`redact-key` is shorter than 32 characters'],
    [
      { 'history-file': 'enterprise-report/licenses.json' },
      '`history-file` is "enterprise-report/licenses.json", a file that the report itself writes',
    ],
    [
      { 'previous-report': 'last.json', report: 'billing' },
      '`previous-report` is compared with the licenses report, which is not selected: add licenses to report',
    ],
    [{ 'report-directory': 'out\nside' }, 'allowed is a path without line breaks'],
    [
      { 'report-directory': 'out\u007fside' },
      '`report-directory` is "out<U+007F>side"; allowed is a path without',
    ],
    [{ 'report-directory': '/proc' }, '`report-directory` is "/proc"; /proc holds no files of yours'],
    [{ 'report-directory': '../sys/kernel/' }, '/sys holds no files of yours: choose another place'],
    [{ 'history-file': '/dev/null' }, '`history-file` is "/dev/null"; /dev holds no files of yours'],
    [{ 'previous-report': '/dev/zero' }, '`previous-report` is "/dev/zero"; /dev holds no files of yours'],
    [{ 'history-file': 'a.json', 'previous-report': './a.json' }, 'is the same file as previous-report'],
    [{ 'fail-on': 'seats-over: 5' }, '`fail-on` has "5" for seats-over, which is no bound'],
    [{ 'warn-on': 'seats-ovr: above 5' }, '`warn-on` names "seats-ovr"'],
    [
      { 'fail-on': 'cost-net: above 5' },
      '`fail-on` names cost-net, a metric of the billing report, which is not selected',
    ],
    [
      { report: 'copilot', 'fail-on': 'copilot-inactive-cost: above 100' },
      '`fail-on` names copilot-inactive-cost, which needs the billing report too: add billing to report',
    ],
    [
      { 'fail-on': 'days-until-full: below 30' },
      '`fail-on` names days-until-full, which is read from earlier runs: set history-file',
    ],
    [{ fail_on: 'seats-over: above 5' }, '"fail_on" is no input of this action. Did you mean "fail-on"?'],
    [{ tokn: '' }, '"tokn" is no input of this action. Did you mean "token"?'],
  ])('%j', (inputs, message) => {
    expect(problems(inputs).join('\n')).toContain(message);
  });
});

test('a misspelt report is one problem, not another for all that needs it', () => {
  const inputs = { report: 'license', 'previous-report': 'last.json', 'fail-on': 'users: above 1' };
  expect(problems(inputs)).toHaveLength(1);
});

describe('an api-url with a secret in it is refused without a word of it', () => {
  test.each([
    'https://me:hunter2@api.github.com',
    'https://hunter2@api.github.com',
    'http://hunter2@github.com',
    'ftp://me:hunter2@acme',
    'https://me:hunter2@ api.github.com',
    'https://me:hunter2@',
    'hunter2@api.github.com',
    'https://me:hunter2%40api.github.com',
    'https://me:hunter2\uff20api.github.com',
    'https://me:hunter2',
    'me:hunter2',
    'https://api.github.com/?token=hunter2',
    'https://api.github.com#hunter2',
    'api.github.com?hunter2',
    'https://api.github.com/%3Ftoken=hunter2',
  ])('%s', (url) => {
    const told = problems({ 'api-url': url });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^Input `api-url` (has a user name or password in it|has a \? or #)/);
    expect(told[0]).not.toMatch(/hunter2|me:/);
    expect(readInputs({ ...env(), GITHUB_API_URL: url }, NOW)).toMatchObject({
      inputs: { apiUrl: '' },
      problems: told,
    });
  });

  test.each(['https://:80', 'https://acme:99999', 'acme:8080/api/v3', 'https://[::1'])(
    '%s has none, and is quoted',
    (url) => expect(problems({ 'api-url': url }).join()).toContain(`\`api-url\` is "${url}"`),
  );
});

test('files may lie in shared memory', () => {
  expect(read({ 'report-directory': '/dev/shm/report' }).reportDirectory).toBe(
    path.resolve('/dev/shm/report'),
  );
});

test('variables of the environment that are no inputs are none of its business', () => {
  expect(readRight({ ...env(), MY_INPUT_FILE: 'x' })).toEqual(read());
});

test('reports all problems together', () => {
  expect(problems({ token: '', report: 'x', concurrency: '0', 'fail-on': 'x: above 1' })).toHaveLength(4);
});

test('never shows the token or the key', () => {
  const text = problems({ token: 'ghp_very secret', 'redact-key': 'also-secret' }).join('\n');
  expect(text).not.toMatch(/very secret|also-secret/);
});

test('knows the secrets and the report directory even when other inputs are wrong', () => {
  const wrong = env({ token: ' ghp_x ', 'redact-key': 'k', 'report-directory': 'out', concurrency: 'x' });
  expect(secrets(wrong)).toEqual([' ghp_x ', 'ghp_x', 'k']);
  expect(secrets({ INPUT_TOKEN: ' ' })).toEqual([]);
  expect(secrets({})).toEqual([]);
  expect(readInputs(wrong, NOW).inputs.reportDirectory).toBe(path.join(WORKSPACE, 'out'));
});

describe('whatever the inputs', () => {
  const names = Object.keys(INPUT_DEFAULTS);
  const pieces = [
    ...['licenses', 'billing', 'all', 'none', 'csv', 'true', 'current', '2026-01', 'auto', '10', 'acme', ','],
    ...['https://', 'http://127.0.0.1', '/api/v3', 'users: above 5', 'seats-change: below 0', 'k'.repeat(32)],
    ...[
      '\n',
      ' ',
      '\u00a0',
      '\0',
      '@',
      '?',
      '%',
      ':',
      '-',
      '1e9',
      '/proc',
      '[::1]',
      '{',
      '<<',
      '*a',
      '__proto__',
    ],
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((chosen) => chosen.join('')),
  );
  const given = fc.dictionary(fc.constantFrom(...names, 'other', 'constructor'), text);

  test('every problem names its input, on one line that shows all of it, and no secret', () => {
    const problem = /^Input (`[a-z-]+` |"[^"]+" is no input of this action\.)/;
    const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/u;
    fc.assert(
      fc.property(given, (inputs) => {
        const told = problems(inputs);
        for (const line of told) {
          expect(line).toMatch(problem);
          expect(line).not.toMatch(hidden);
        }
        for (const name of ['other', 'constructor'])
          if (Object.hasOwn(inputs, name)) expect(told.join('\n')).toContain(`Input "${name}" is no input`);
        for (const name of ['token', 'redact-key'])
          if ((inputs[name] ?? '').trim().length > 5)
            expect(told.filter((line) => line.startsWith(`Input \`${name}\``)).join()).not.toContain(
              inputs[name]?.trim(),
            );
      }),
      { numRuns: 1000 },
    );
  });

  test('what is read without a problem is what the rest of the run may rely on', () => {
    const right = fc.record(
      {
        report: fc.constantFrom('all', 'licenses', 'billing\nlicenses', 'sync-status'),
        formats: fc.constantFrom('none', 'csv', 'html,json'),
        period: fc.constantFrom('current', 'previous', '2025-12', '2026-1', '0000-01'),
        'api-url': text,
        'stale-after-days': text,
        'fail-on': text,
        'history-file': text,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(right, (inputs) => {
        const read = readInputs(env(inputs), NOW);
        if (read.problems.length > 0) return;
        const { apiUrl, reports, staleAfterDays, period, gates, historyFile, reportDirectory } = read.inputs;
        expect(new URL(apiUrl)).toMatchObject({ username: '', password: '', search: '', hash: '' });
        expect(reports.length).toBeGreaterThan(0);
        expect(staleAfterDays).toBeGreaterThanOrEqual(0);
        expect(period.month).toBeGreaterThanOrEqual(1);
        expect(gates.every(({ limit }) => Number.isFinite(limit))).toBe(true);
        for (const file of [reportDirectory, historyFile ?? reportDirectory])
          expect(path.isAbsolute(file)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

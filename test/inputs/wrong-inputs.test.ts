/** What a reader gets for a wrong input, word by word. */
import { expect, test } from 'vitest';
import { readInputs } from '../../src/inputs/read.ts';
import { REPORT_NAMES } from '../../src/metrics.ts';
import { FORMAT_NAMES } from '../../src/report-files.ts';

const NOW = new Date('2026-01-15T12:00:00Z');

test.each<[inputs: Record<string, string>, told: string]>([
  [
    { token: '' },
    'Input `token` is missing: give a classic personal access token of an enterprise owner, such as ${{ secrets.ENTERPRISE_TOKEN }} (an empty value means that the secret does not exist here). See docs/troubleshooting.md#token',
  ],
  [
    { token: 'ghp_abc def' },
    'Input `token` has spaces, line breaks or other characters that no token has: was more than the token pasted into the secret? See docs/troubleshooting.md#token',
  ],
  [
    { enterprise: '' },
    'Input `enterprise` is missing: give the slug, the last part of https://github.com/enterprises/SLUG (only an Enterprise Server, whose api-url ends in /api/v3, needs none). See docs/troubleshooting.md#enterprise',
  ],
  [
    { enterprise: 'https://github.com/enterprises/acme' },
    'Input `enterprise` is "https://github.com/enterprises/acme"; allowed is the enterprise\'s slug (letters, digits, hyphens): "acme". See docs/troubleshooting.md#enterprise',
  ],
  [
    { enterprise: 'Acme Inc.' },
    'Input `enterprise` is "Acme Inc."; allowed is the enterprise\'s slug (letters, digits, hyphens), the last part of https://github.com/enterprises/SLUG. See docs/troubleshooting.md#enterprise',
  ],
  [
    { report: 'license' },
    'Input `report` has "license"; allowed are REPORTS, all. Did you mean "licenses"? See docs/troubleshooting.md#values',
  ],
  [
    { report: 'sync' },
    'Input `report` has "sync"; allowed are REPORTS, all. Did you mean "sync-status"? See docs/troubleshooting.md#values',
  ],
  [
    { report: 'seats' },
    'Input `report` has "seats"; allowed are REPORTS, all. Did you mean "licenses"? See docs/troubleshooting.md#values',
  ],
  [
    { report: 'all, billing' },
    'Input `report` is "all, billing": "all" stands alone. See docs/troubleshooting.md#values',
  ],
  [
    { report: 'licenses billing' },
    'Input `report` has "licenses billing"; allowed are REPORTS, all. Put commas between them. See docs/troubleshooting.md#values',
  ],
  [
    { formats: 'md' },
    'Input `formats` has "md"; allowed are FORMATS, none. Did you mean "markdown"? See docs/troubleshooting.md#values',
  ],
  [
    { formats: 'excel' },
    'Input `formats` has "excel"; allowed are FORMATS, none. Did you mean "xlsx"? See docs/troubleshooting.md#values',
  ],
  [
    { formats: 'cvs' },
    'Input `formats` has "cvs"; allowed are FORMATS, none. Did you mean "csv"? See docs/troubleshooting.md#values',
  ],
  [
    { formats: 'none, csv' },
    'Input `formats` is "none, csv": "none" stands alone. See docs/troubleshooting.md#values',
  ],
  [
    { 'api-url': 'https://github.com' },
    'Input `api-url` is "https://github.com", which is no API; write https://api.github.com. See docs/troubleshooting.md#api-url',
  ],
  [
    { 'api-url': 'https://acme.ghe.com' },
    'Input `api-url` is "https://acme.ghe.com", which is no API; write https://api.acme.ghe.com. See docs/troubleshooting.md#api-url',
  ],
  [
    { 'api-url': 'http://github.acme.com/api/v3' },
    'Input `api-url` is "http://github.acme.com/api/v3"; allowed is https only, since http shows the token to the network. See docs/troubleshooting.md#api-url',
  ],
  [
    { 'api-url': 'github.acme.com/api/v3' },
    'Input `api-url` is "github.acme.com/api/v3"; allowed is an https URL such as https://api.github.com. See docs/troubleshooting.md#api-url',
  ],
  [
    { 'api-url': 'https://me:hunter2@github.acme.com/api/v3' },
    'Input `api-url` has a user name or password in it, or what may be one: give the token as the input token, and here only https://api.github.com, or https://HOST/api/v3 of an Enterprise Server. See docs/troubleshooting.md#api-url',
  ],
  [
    { 'api-url': 'https://api.github.com?token=hunter2' },
    'Input `api-url` has a ? or # in it: give only https://api.github.com, or https://HOST/api/v3 of an Enterprise Server. See docs/troubleshooting.md#api-url',
  ],
  [
    { 'api-version': 'latest' },
    'Input `api-version` is "latest"; allowed is a date such as 2022-11-28, or none. See docs/troubleshooting.md#values',
  ],
  [
    { 'job-summary': 'yes' },
    'Input `job-summary` is "yes"; allowed are true and false. See docs/troubleshooting.md#values',
  ],
  [
    { period: 'last month' },
    'Input `period` is "last month"; allowed are current, previous, or a month such as 2026-03. See docs/troubleshooting.md#period',
  ],
  [
    { period: '2026-3' },
    'Input `period` is "2026-3"; allowed are current, previous, or a month such as 2026-03. See docs/troubleshooting.md#period',
  ],
  [
    { period: '0000-01' },
    'Input `period` is "0000-01", a month before GitHub began, in 2008. See docs/troubleshooting.md#period',
  ],
  [
    { period: '2026-02' },
    'Input `period` is "2026-02", a month that has not begun (UTC). See docs/troubleshooting.md#period',
  ],
  [
    { 'advanced-security-product': 'secret-protection' },
    'Input `advanced-security-product` is "secret-protection"; allowed are auto, code_security, secret_protection. Did you mean "secret_protection"? See docs/troubleshooting.md#values',
  ],
  [
    { 'stale-after-days': 'a week' },
    'Input `stale-after-days` is "a week"; allowed is a number of days from 0 to 3650. See docs/troubleshooting.md#values',
  ],
  [
    { 'history-limit': '-1' },
    'Input `history-limit` is "-1"; allowed is a whole number of runs, 0 keeping all. See docs/troubleshooting.md#values',
  ],
  [
    { concurrency: '1000' },
    'Input `concurrency` is "1000"; allowed is a whole number from 1 to 100. See docs/troubleshooting.md#values',
  ],
  [
    { concurrency: '1\u00a00' },
    'Input `concurrency` is "1<U+00A0>0"; allowed is a whole number from 1 to 100. See docs/troubleshooting.md#values',
  ],
  [
    { 'redact-key': 'secret' },
    'Input `redact-key` is shorter than 32 characters; make one with: openssl rand -hex 32. See docs/troubleshooting.md#redact-key',
  ],
  [
    { 'report-directory': '/proc/self' },
    'Input `report-directory` is "/proc/self"; /proc holds no files of yours: choose another place. See docs/troubleshooting.md#paths',
  ],
  [
    { 'history-file': 'enterprise-report/licenses.json' },
    'Input `history-file` is "enterprise-report/licenses.json", a file that the report itself writes: give it another name. See docs/troubleshooting.md#paths',
  ],
  [
    { 'history-file': 'a.json', 'previous-report': './a.json' },
    'Input `history-file` is the same file as previous-report: give it another name. See docs/troubleshooting.md#paths',
  ],
  [
    { 'previous-report': 'last.json', report: 'billing' },
    'Input `previous-report` is compared with the licenses report, which is not selected: add licenses to report. See docs/troubleshooting.md#paths',
  ],
  [
    { 'fail-on': 'seats-used: above 95' },
    'Input `fail-on` names "seats-used", which is no metric. Did you mean "seats-used-percent"? All metrics: docs/metrics.md. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'cost: above 100', report: 'all' },
    'Input `fail-on` names "cost", which is no metric. Did you mean "cost-gross", "cost-discount", "cost-net" or "cost-net-forecast"? All metrics: docs/metrics.md. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-remaining: below 0' },
    'Input `fail-on` names "seats-remaining", which is no metric. Did you mean "seats-available"? All metrics: docs/metrics.md. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats_over: above 0' },
    'Input `fail-on` names "seats_over", which is no metric. Did you mean "seats-over"? All metrics: docs/metrics.md. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: >5' },
    'Input `fail-on` has "" for seats-over, which is no bound: write "above NUMBER" or "below NUMBER", such as "seats-available: below 0" (after ">" or "|" YAML reads a text block: write "above 5" for > 5). See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: > 5' },
    'Input `fail-on` is not valid YAML: Not a YAML token: 5 at line 1, column 15. Write "above 5" for > 5. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: 5' },
    'Input `fail-on` has "5" for seats-over, which is no bound: write "above 5" or "below 5". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over:above 5' },
    'Input `fail-on` is no mapping of metrics to bounds: write "above NUMBER" or "below NUMBER", such as "seats-available: below 0". Put a space after the colon. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'cost-net: above $100', report: 'billing' },
    'Input `fail-on` has "above $100" for cost-net, which is no bound: write "above 100". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'cost-net: above 20,000', report: 'billing' },
    'Input `fail-on` has "above 20,000" for cost-net, which is no bound: write "above 20000". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: over 5' },
    'Input `fail-on` has "over 5" for seats-over, which is no bound: write "above 5". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-available: under 5' },
    'Input `fail-on` has "under 5" for seats-available, which is no bound: write "below 5". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-available: less than 5' },
    'Input `fail-on` has "less than 5" for seats-available, which is no bound: write "below 5". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-available: Below 5' },
    'Input `fail-on` has "Below 5" for seats-available, which is no bound: write "below 5". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: above\u00a05' },
    'Input `fail-on` has "above<U+00A0>5" for seats-over, which is no bound: write "above 5"; yours has U+00A0 in it, which looks like a plain character or like nothing. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: above 5%' },
    'Input `fail-on` has "above 5%" for seats-over, which is no bound: "%" may follow only for percentages, and seats-over is none. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: above 5 seats-available: below 0' },
    'Input `fail-on` is not valid YAML: Nested mappings are not allowed in compact mappings at line 1, column 13. Is every metric on a line of its own? Use "fail-on: |" rather than "fail-on: >". See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': '- seats-over: above 5' },
    'Input `fail-on` is no mapping of metrics to bounds: write "above NUMBER" or "below NUMBER", such as "seats-available: below 0". Write no dash before the metric. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'fail-on': 'seats-over: above 5\nseats-over: above 9' },
    'Input `fail-on` is not valid YAML: Map keys must be unique at line 2, column 1. Give the metric one list of bounds: [above 5, below 1]. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'warn-on': 'servers: below 1' },
    'Input `warn-on` names servers, a metric of the sync-status report, which is not selected: add sync-status to report. See docs/troubleshooting.md#bounds',
  ],
  [
    { 'warn-on': 'days-until-full: below 30' },
    'Input `warn-on` names days-until-full, which is read from earlier runs: set history-file. See docs/troubleshooting.md#bounds',
  ],
  [
    { fail_on: 'seats-over: above 5' },
    'Input "fail_on" is no input of this action. Did you mean "fail-on"? See docs/troubleshooting.md#unknown-input',
  ],
])('%j', (inputs, told) => {
  const env: Record<string, string> = {
    GITHUB_WORKSPACE: '/workspace',
    INPUT_TOKEN: 'ghp_token',
    INPUT_ENTERPRISE: 'acme',
  };
  for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.toUpperCase()}`] = value;
  const sentence = told
    .replace('REPORTS', REPORT_NAMES.join(', '))
    .replace('FORMATS', FORMAT_NAMES.join(', '));
  expect(readInputs(env, NOW).problems).toEqual([sentence]);
});

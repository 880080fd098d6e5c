import { describe, expect, it } from 'vitest';
import { PreviousReportError, readPreviousReport } from '../../src/history/previous.ts';
import { jsonChunks } from '../../src/output/json.ts';
import { licensesTable } from '../../src/reports/licenses/tables.ts';
import { cloud, server } from '../reports/licenses/people.ts';

const people = [cloud('ana'), server('s:1', ['s@x.com'])];
const generatedAt = new Date('2026-03-01T06:00:00Z');
const file = { name: 'licenses', parts: [{ name: 'users', table: licensesTable(people) }] };
const written = (redaction?: string) =>
  [
    ...jsonChunks(file, {
      enterprise: 'Acme',
      generatedAt,
      apiUrl: 'https://api.github.com',
      redaction,
      metrics: { 'seats-consumed': 2 },
    }),
  ].join('');
const run = { enterprise: 'acme', redaction: undefined };

describe('the previous report', () => {
  it('is a licenses.json as a run writes it', () => {
    expect(readPreviousReport(written(), 'licenses.json', run)).toEqual({
      generatedAt: '2026-03-01T06:00:00.000Z',
      total: 2,
      rows: JSON.parse(JSON.stringify(people)),
    });
    const redacted = { ...run, redaction: 'f1' };
    expect(readPreviousReport(`\uFEFF${written('f1')}`, 'licenses.json', redacted).rows).toHaveLength(2);
  });

  it.each([
    ['cut off', written().slice(0, 300), /^previous-report: the file is not JSON\./],
    ['empty', '', /^previous-report: the file is not JSON\./],
    ['a list', '[]', /^previous-report: the file holds no JSON object\./],
    [
      'another report',
      '{"enterprise":"acme","generated_at":"2026-03-01T00:00:00Z"}',
      /^previous-report: .* not the licenses\.json/,
    ],
    [
      'of nobody',
      '{"enterprise":"acme","generated_at":"2026-03-01T00:00:00Z","metrics":{"seats-consumed":3}}',
      /^previous-report: the file lists nobody: it is of a run with `people: false`/,
    ],
    ['without a time', '{"enterprise":"acme","generated_at":"then","users":[]}', /not the licenses\.json/],
    [
      'of people that are none',
      '{"enterprise":"acme","generated_at":"2026-03-01T00:00:00Z","users":[1]}',
      /not the licenses/,
    ],
  ])('is refused when it is %s', (_, text, message) => {
    expect(() => readPreviousReport(text, 'licenses.json', run)).toThrow(PreviousReportError);
    expect(() => readPreviousReport(text, 'licenses.json', run)).toThrow(message);
  });

  it('is refused when it is about another enterprise', () => {
    expect(() => readPreviousReport(written(), 'licenses.json', { ...run, enterprise: 'other' })).toThrow(
      'previous-report: the file is about the enterprise "Acme", and this run about "other"',
    );
  });

  it.each([
    ['pseudonyms now', undefined, 'f1', /its people are named, and this run has a redact-key/],
    ['pseudonyms then', 'f1', undefined, /its people are pseudonyms, and this run has no redact-key/],
    ['another key', 'f1', 'f2', /another redact-key/],
  ])('is refused with %s', (_, then, now, message) => {
    const present = { ...run, redaction: now };
    expect(() => readPreviousReport(written(then), 'licenses.json', present)).toThrow(message);
  });
});

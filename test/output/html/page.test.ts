import { expect, test } from 'vitest';
import { nothing } from '../../../src/metrics.ts';
import { numberText } from '../../../src/output/html/markup.ts';
import type { Format } from '../../../src/reports/report.ts';
import { judged } from '../../outcomes.ts';
import { pageOf, pageWith } from './sample.ts';

test.each<[number, Format, string]>([
  [1234, 'number', '1,234'],
  [-12, 'number', '−12'],
  [12.5, 'percent', '12.5 %'],
  [1, 'days', '1 day'],
  [3, 'days', '3 days'],
  [1200, 'minutes', '1,200 minutes'],
  [5, 'gigabytes', '5 GB'],
  [1234.5, 'usd', '$1,234.50'],
  [-3, 'usd', '−$3.00'],
  [-0.001, 'usd', '$0.00'],
  [-0.001, 'number', '0'],
  [-1, 'days', '−1 day'],
  [0.999, 'days', '1 day'],
  [Number.NaN, 'number', '–'],
])('%d as %s reads "%s"', (value, format, text) => {
  expect(numberText(value, format).replaceAll('\u00a0', ' ')).toBe(text);
});

test.each([
  ['pass', 'Pass'],
  ['warn', 'Warning'],
  ['fail', 'Fail'],
  ['error', 'Error'],
] as const)('a run that ends in %s says "%s" in its title and before the headline', (status, word) => {
  const judgements = judged('users: above 2', { users: 1 });
  const html = pageOf({ status, judgements, headline: 'What happened' });
  expect(html).toContain(`<title>${word}: GitHub Enterprise report: octo-corp</title>`);
  expect(html).toMatch(new RegExp(`class="verdict ${status}".* ${word}</span> <span>What happened</span>`));
});

test('a run without gates is no pass', () => {
  const html = pageOf({ status: 'pass' });
  expect(html).toContain('<title>No gate: ');
  expect(html).toMatch(/class="verdict ungated".* No gate<\/span>/);
});

test('the page links to the run and to the licenses of the enterprise', () => {
  const link = 'https://github.com/enterprises/octo-corp/enterprise_licensing';
  expect(pageOf({ pages: [{ link, text: 'Licensing of octo-corp' }] })).toContain(
    `<a href="${link}" rel="noreferrer">Licensing of octo-corp</a>`,
  );
});

test('a gate shows its value in its unit, and why it was not checked', () => {
  const html = pageOf({
    judgements: judged('seats-used-percent: above 100\ndays-until-full: below 30', {
      'seats-used-percent': 101.5,
      'days-until-full': nothing('no growth'),
    }),
  });
  expect(html).toContain('101.5\u00a0%');
  expect(html).toContain('<span class="why">no growth</span>');
  expect(html).toContain('<td class="number">–</td>');
});

test('without gates, alerts, figures and reports there are no empty headings for them', () => {
  const html = pageOf({});
  expect(html).not.toContain('<h2');
  expect(html).not.toContain('<nav');
});

test('an unknown cell is a dash, and 0 is 0', () => {
  const html = pageWith({
    kind: 'table',
    columns: [{ label: 'Amount', format: 'number' }],
    rows: [[undefined], [0]],
  });
  expect(html).toContain('<td class="number">–</td>');
  expect(html).toContain('<td class="number">0</td>');
});

test('a link is a link only when it leads to the web', () => {
  const html = pageWith({
    kind: 'text',
    text: [
      { link: 'https://example.com/?a="b', text: 'good' },
      { link: 'javascript:alert(1)', text: 'bad' },
      { link: ' data:text/html,x', text: 'worse' },
    ],
  });
  expect(html.match(/<a href="(?!#)[^"]*"/g)).toEqual(['<a href="https://example.com/?a=&quot;b"']);
  expect(html).toContain('bad');
});

test('a long list is folded, and what is beyond 500 is counted', () => {
  const items = Array.from({ length: 700 }, (_, index) => `item-${index}.`);
  const list = { kind: 'list', items, limit: 10, file: 'items.csv' } as const;
  const reports = [{ title: 'Report', sections: [{ title: 'Section', blocks: [list] }], tables: [] }];
  const html = pageOf({ reports, files: ['items.csv'] });
  expect(pageWith(list)).not.toContain('items.csv');
  expect(html).toContain('<summary>500 more</summary>');
  expect(html).toContain('item-509.');
  expect(html).not.toContain('item-510.');
  expect(html).toContain('190 more are not shown here.');
  expect(html).toContain('All of them: <a href="./items.csv"><code>items.csv</code></a>');
});

test('says that people are pseudonyms when they are', () => {
  expect(pageOf({ redacted: true })).toContain('under pseudonyms');
  expect(pageOf({ redacted: false })).not.toContain('under pseudonyms');
});

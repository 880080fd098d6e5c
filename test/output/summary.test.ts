import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Measure, notDelivered, nothing } from '../../src/metrics.ts';
import type { Document } from '../../src/output/document.ts';
import { SUMMARY_LIMIT, summaryMarkdown } from '../../src/output/summary.ts';
import type { Block, Section } from '../../src/reports/report.ts';
import type { Judgement } from '../../src/thresholds.ts';
import { judged } from '../outcomes.ts';
import { hostileText, html, tags, textOf } from './reading.ts';

const DOCUMENT: Document = {
  title: 'Enterprise license report',
  enterprise: 'acme',
  generatedAt: new Date('2026-11-20T06:00:30Z'),
  apiUrl: 'https://api.github.com',
  status: 'fail',
  headline: '12 more seats are consumed than were purchased.',
  figures: [{ label: 'Seats available', value: -12, format: 'number', tone: 'bad' }],
  alerts: [],
  judgements: [],
  reports: [],
  files: ['licenses.csv', 'summary.md'],
  pages: [],
  redacted: false,
};
const JUDGEMENTS = [
  ...judged('seats-available: below 0', { 'seats-available': -12 }),
  ...judged('cost-net: above 5', { 'cost-net': notDelivered('no permission') }, 'warn'),
];
const bytes = (text: string): number => Buffer.byteLength(text);
const table = (rows: number, text = 'name'): Block => ({
  kind: 'table',
  columns: [
    { label: 'Organization', format: 'text' },
    { label: 'People', format: 'number' },
  ],
  rows: Array.from({ length: rows }, (_, index) => [`${text} ${index}`, index]),
  file: 'licenses.csv',
});
const report = (...sections: Section[]) => ({ title: 'Licenses', sections, tables: [] });

describe('a summary that fits', () => {
  test('opens with the verdict, then the numbers, the alerts, and the gates', () => {
    const summary = summaryMarkdown({
      ...DOCUMENT,
      alerts: [
        { level: 'notice', text: 'This is the first run.' },
        { level: 'error', text: 'The billing report could not be made.' },
      ],
      judgements: JUDGEMENTS,
      pages: [
        { link: 'https://github.com/enterprises/acme', text: 'Licensing of acme' },
        { link: 'https://github.com/acme/ops/actions/runs/7', text: 'This run' },
      ],
      reports: [report({ title: 'Organizations', blocks: [table(1)] })],
    });
    expect(summary).toBe(`<!-- generator: enterprise-license-report -->

# ❌ Enterprise license report: acme

<strong>12 more seats are consumed than were purchased.</strong>

| Seats available |
| :-: |
| 🔴 <strong>-12</strong> |

[Licensing of acme](https://github.com/enterprises/acme) · [This run](https://github.com/acme/ops/actions/runs/7)

> 🚫 The billing report could not be made.

> ℹ️ This is the first run.

## Gates

| Metric | Value | Gate | Verdict |
| --- | --: | --- | --- |
| \`seats-available\` | -12 | fail-on: below 0 | ❌ fail |
| \`cost-net\` | – | warn-on: above 5 | ⚠️ warn: no permission |

## Licenses

### Organizations

| Organization | People |
| --- | --: |
| name 0 | 0 |

---

\`https://api.github.com\` · 2026-11-20 06:00 UTC · files: \`licenses.csv\`, \`summary.md\`
`);
  });

  test('says when people are pseudonyms', () => {
    expect(summaryMarkdown({ ...DOCUMENT, redacted: true })).toContain('people are pseudonyms');
    expect(summaryMarkdown(DOCUMENT)).not.toContain('pseudonyms');
  });

  test('of an Enterprise Server without a slug names its host', () => {
    const titled = (given: Partial<Document>) =>
      /^# . (.*)$/mu.exec(summaryMarkdown({ ...DOCUMENT, ...given }))?.[1];
    expect(titled({ enterprise: '', apiUrl: 'https://ghe.acme.example/api/v3' })).toBe(
      'Enterprise license report: ghe.acme.example',
    );
    expect(titled({ enterprise: '', apiUrl: '' })).toBe('Enterprise license report');
  });

  test('is no pass where no gate is set, and folds gates that all pass', () => {
    const pass = { ...DOCUMENT, status: 'pass' } as const;
    const gates = (text: string, value: Measure) => ({ ...pass, judgements: judged(text, { users: value }) });
    expect(summaryMarkdown(pass)).toContain('# ℹ️ Enterprise');
    expect(summaryMarkdown(gates('users: above 5', 1))).toContain('# ✅ Enterprise');
    expect(summaryMarkdown(gates('users: above 5', 1))).toContain(
      '<summary><strong>Gates</strong></summary>',
    );
    expect(summaryMarkdown(gates('users: above 5', nothing('nobody there')))).toContain('## Gates');
    expect(summaryMarkdown({ ...DOCUMENT, status: 'error' })).toContain('# 🚫 Enterprise');
  });

  test('says nothing of shortening', () => {
    expect(
      summaryMarkdown({ ...DOCUMENT, reports: [report({ title: 'x', blocks: [table(50)] })] }),
    ).not.toMatch(/shortened|Left out|… and/);
  });
});

describe('a summary that is too long', () => {
  const prose: Block = { kind: 'text', text: 'word '.repeat(180) };
  const sections: Section[] = [
    { title: 'Short list', blocks: [prose, table(20, 'short')] },
    { title: 'Long list', blocks: [table(20_000, 'long')] },
    { title: 'Detail', blocks: [prose, table(20, 'detail')], collapsed: true },
  ];
  const long = { ...DOCUMENT, judgements: JUDGEMENTS, reports: [report(...sections)] };

  test('loses rows of the longest list first, and says where they are', () => {
    const summary = summaryMarkdown(long, 100_000);
    expect(bytes(summary)).toBeLessThanOrEqual(100_000);
    expect(bytes(summary)).toBeGreaterThan(40_000);
    expect(summary).toContain('| short 19 | 19 |');
    expect(summary).toContain('| detail 19 | 19 |');
    expect(summary).toMatch(/… and [\d,]+ more: see `licenses\.csv`/);
    expect(summary).toContain('This summary was shortened');
  });

  test('then loses folded sections, naming them', () => {
    const summary = summaryMarkdown({ ...long, reports: [report(...sections, ...sections.slice(2))] }, 3200);
    expect(bytes(summary)).toBeLessThanOrEqual(3200);
    expect(summary).toContain('### Long list');
    expect(summary).not.toContain('<details>');
    expect(summary).toContain("Left out, to stay within GitHub's limit: Detail");
  });

  test('keeps the verdict, the gates and the errors when nothing else is left', () => {
    const alerts = [{ level: 'error', text: 'The billing report could not be made.' }] as const;
    const summary = summaryMarkdown({ ...long, alerts }, 1500);
    expect(bytes(summary)).toBeLessThanOrEqual(1500);
    expect(summary).toContain('12 more seats are consumed');
    expect(summary).toContain('❌ fail');
    expect(summary).toContain('The billing report could not be made.');
    expect(summary).toContain("Left out, to stay within GitHub's limit: Short list, Long list, Detail");
  });

  test('names the gates and messages that are too many', () => {
    const judgements = Array.from({ length: 30_000 }, () => JUDGEMENTS[0] as Judgement);
    const summary = summaryMarkdown({ ...DOCUMENT, judgements });
    expect(bytes(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(summary).toContain('… and 15,000 more gates: see the output `breaches`');
  });

  test('counts bytes, not characters', () => {
    const wide = report({ title: 'Wide', blocks: [table(30_000, '日本語の組織名')] });
    const summary = summaryMarkdown({ ...DOCUMENT, reports: [wide] });
    expect(bytes(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(summary).toContain('shortened');
  });
});

/** Documents of any text, some of them far longer than the limit. */
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text'), text: hostileText }),
  fc.record({ kind: fc.constant('callout'), level: fc.constantFrom('note', 'caution'), text: hostileText }),
  fc
    .tuple(fc.array(hostileText, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 2000 }))
    .map(
      ([items, times]): Block => ({ kind: 'list', items: Array.from({ length: times }, () => items).flat() }),
    ),
  fc.tuple(hostileText, fc.integer({ min: 0, max: 3000 }), fc.constantFrom('pie', 'bar', 'line')).map(
    ([text, rows, type]): Block => ({
      ...(table(rows, text) as Extract<Block, { kind: 'table' }>),
      chart: { type, title: text, x: 'Organization', y: 'People' },
    }),
  ),
);
const documents: fc.Arbitrary<Document> = fc
  .record({
    headline: hostileText,
    enterprise: hostileText,
    alerts: fc.array(fc.record({ level: fc.constantFrom('error', 'warning', 'notice'), text: hostileText })),
    sections: fc.array(
      fc.record({ title: hostileText, blocks: fc.array(block, { maxLength: 4 }), collapsed: fc.boolean() }),
      { maxLength: 5 },
    ),
  })
  .map(({ sections, ...rest }) => ({
    ...DOCUMENT,
    judgements: JUDGEMENTS,
    ...rest,
    reports: [report(...sections)],
  }));

const ALLOWED = new Set(
  'h1 h2 h3 p span strong code pre table thead tbody tr th td ul li blockquote details summary hr'.split(' '),
);

test('never exceeds the limit, and is whole Markdown whatever the text', () => {
  fc.assert(
    fc.property(documents, fc.constantFrom(256 * 1024, 512 * 1024), (document, limit) => {
      const summary = summaryMarkdown(document, limit);
      expect(bytes(summary)).toBeLessThanOrEqual(limit);
      const page = html(summary);
      expect([...tags(page)].filter((tag) => !ALLOWED.has(tag))).toEqual([]);
      expect(page.split('<details>').length).toBe(page.split('</details>').length);
      expect(textOf(page)).toContain('❌ fail');
      expect(textOf(page)).toContain('2026-11-20 06:00 UTC');
    }),
    // Documents this long take minutes to shrink.
    { numRuns: 40, endOnFailure: true },
  );
});

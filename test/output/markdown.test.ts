import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shorten, visible } from '../../src/common/text.ts';
import { plainText } from '../../src/output/format.ts';
import { textHtml } from '../../src/output/html/markup.ts';
import { type MarkdownOptions, sectionMarkdown } from '../../src/output/markdown.ts';
import { elementText, markdownText } from '../../src/output/markdown-text.ts';
import type { Block, Figure, Inline, TableBlock } from '../../src/reports/report.ts';
import { GITHUB_LINKS, HOSTILE, hostileText, html, tags, textNodes, textOf } from './reading.ts';

const OPTIONS: MarkdownOptions = {
  files: new Set(['all.csv']),
  maxRows: Number.POSITIVE_INFINITY,
  maxCell: 200,
};
const markdown = (...blocks: Block[]): string => sectionMarkdown({ title: 'Title', blocks }, 3, OPTIONS);
const cellsOf = (page: string): string[] =>
  Array.from(page.matchAll(/<td[^>]*>(.*?)<\/td>/gs), ([, cell = '']) => textOf(cell));
const shown = (text: string, length = 1000): string => shorten(visible(text), length);

describe('text from GitHub', () => {
  test('reads as it was in a paragraph, and does nothing', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = html(markdownText(text));
        expect(textOf(page)).toBe(shown(text));
        expect([...tags(page)].filter((tag) => tag !== 'p' && tag !== 'span')).toEqual([]);
        for (const node of textNodes(page)) expect(node).not.toMatch(GITHUB_LINKS);
      }),
      { numRuns: 500 },
    );
  });

  test('reads as it was in a table, a list, a callout and a title', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, two) => {
        const table: TableBlock = {
          kind: 'table',
          columns: [
            { label: one, format: 'text' },
            { label: 'n', format: 'number' },
          ],
          rows: [
            [one, 1],
            [two, 2],
          ],
        };
        expect(cellsOf(html(markdown(table)))).toEqual([shown(one, 200), '1', shown(two, 200), '2']);
        const list = html(markdown({ kind: 'list', items: [one, two] }));
        expect(Array.from(list.matchAll(/<li>(.*?)<\/li>/gs), ([, item = '']) => textOf(item))).toEqual(
          [one, two].map((text) => shown(text, 200)),
        );
        const callout = html(markdown({ kind: 'callout', level: 'warning', text: one }));
        expect(textOf(callout.split('<blockquote>')[1] ?? '')).toBe(`⚠️ ${shown(one)}`.trim());
        const titled = html(sectionMarkdown({ title: `T ${one}`, blocks: [] }, 3, OPTIONS));
        expect(titled).toMatch(/^<h3>/);
        expect(textOf(titled)).toBe(shown(`T ${one}`));
      }),
      { numRuns: 300 },
    );
  });

  test('reads as it was in every kind of piece', () => {
    const piece: fc.Arbitrary<Inline> = hostileText.chain((text) =>
      fc.constantFrom<Inline>(
        text,
        { code: text },
        { strong: text },
        { person: text },
        { repository: text },
        {
          link: 'https://docs.github.com/x',
          text,
        },
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const page = html(markdownText(pieces));
        const spaceless = (text: string) => visible(text).replace(/\s/g, '');
        expect(spaceless(textOf(page))).toBe(spaceless(pieces.map((one) => shown(plainText(one))).join('')));
        const allowed = new Set(['p', 'span', 'strong', 'code', 'a']);
        expect([...tags(page)].filter((tag) => !allowed.has(tag))).toEqual([]);
        for (const [, href] of page.matchAll(/href="([^"]*)"/g))
          expect(href).toBe('https://docs.github.com/x');
      }),
      { numRuns: 500 },
    );
  });

  test('pieces of code that meet stay apart', () => {
    expect(textOf(html(markdownText([{ code: 'a' }, { code: 'b' }, '`', { code: 'c' }])))).toBe('ab`c');
  });

  test('reads as it was in a folded title', () => {
    for (const title of HOSTILE) {
      const page = html(sectionMarkdown({ title, blocks: [], collapsed: true }, 3, OPTIONS));
      const summary = /<summary><strong>(.*)<\/strong><\/summary>/.exec(page)?.[1] ?? '?';
      expect(textOf(summary)).toBe(shown(title));
      const allowed = new Set(['details', 'summary', 'strong', 'span']);
      expect([...tags(page)].filter((tag) => !allowed.has(tag))).toEqual([]);
      for (const node of textNodes(elementText(title))) expect(node).not.toMatch(GITHUB_LINKS);
    }
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'not a url', '//evil.example'])(
    'is no link to %s',
    (link) => {
      expect(html(markdownText({ link, text: 'here' }))).toBe('<p>here</p>\n');
    },
  );

  test.each([
    ['https://github.com/a(b)c?x=1&y=2#z', 'https://github.com/a%28b%29c?x=1&amp;y=2#z'],
    ['https://github.com/a"onmouseover=x b', 'https://github.com/a%22onmouseover=x%20b'],
    ['https://github.com/a|b\\c`d<e>f', 'https://github.com/a%7Cb/c%60d%3Ce%3Ef'],
  ])('links to %s and to nothing else', (link, href) => {
    expect(html(markdownText({ link, text: 'here' }))).toBe(`<p><a href="${href}">here</a></p>\n`);
    const page = html(
      markdown({
        kind: 'table',
        columns: [{ label: 'x', format: 'text' }],
        rows: [[{ link, text: 'here' }]],
      }),
    );
    expect(page).toContain(`<td><a href="${href}">here</a></td>`);
  });
});

describe('pieces of text', () => {
  test.each<[string, Inline[] | string, string]>([
    [
      'keep the spaces between them',
      ['a ', { strong: 'b' }, ' c d ', { code: 'e' }],
      'a <strong>b</strong> c d `e`',
    ],
    [
      'are apart where nothing but a space stands between them',
      [{ strong: 'a' }, ' ', { strong: 'b' }],
      '<strong>a</strong> <strong>b</strong>',
    ],
    ['that touch stay so', ['a', { strong: 'b' }, 'c d'], 'a<strong>b</strong>c d'],
    ['of code that meet are no longer fence', [{ code: 'a' }, { code: 'b' }, 'c'], '`a`<!-- -->`b`c'],
    ['are escaped no more than needed', 'Done! 1 + 1 = 2, a.b (c)', 'Done! 1 + 1 = 2, a.b (c)'],
    ['break up a commit SHA by sixes', 'deadbeefcafe', '<span>deadbe</span><span>efcafe</span>'],
    ['that are a list marker alone are text', '-', '\\-'],
    ['that begin as a numbered list are text', '1. x', '1\\. x'],
    [
      'may link to the web without encryption',
      [{ link: 'http://docs.example/', text: 'x' }],
      '[x](http://docs.example/)',
    ],
  ])('%s', (_, text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });
});

describe('sections', () => {
  test('a text is a paragraph', () => {
    expect(markdown({ kind: 'text', text: ['a ', { code: 'b' }] })).toBe('### Title\n\na `b`');
  });

  test('a table without rows, and figures that are none, leave nothing behind', () => {
    const columns = [{ label: 'x', format: 'text' }] as const;
    expect(markdown({ kind: 'table', columns, rows: [] }, { kind: 'figures', figures: [] })).toBe(
      '### Title',
    );
  });

  test('says how many rows are left out in words that can be read, and points nowhere without a file', () => {
    const options = { ...OPTIONS, files: new Set(['all.csv', 'report.html']) };
    const list: Block = { kind: 'list', items: Array.from({ length: 2001 }, () => 'a'), limit: 1 };
    expect(sectionMarkdown({ title: '', blocks: [list] }, 3, options)).toBe('- a\n\n… and 2,000 more');
  });

  test('a table aligns numbers right, formats them by unit, and shows unknown as a dash', () => {
    const table: TableBlock = {
      kind: 'table',
      columns: [
        { label: 'Organization', format: 'text' },
        { label: 'People', format: 'number' },
        { label: 'Cost', format: 'usd' },
        { label: 'Share', format: 'percent' },
      ],
      rows: [
        ['acme', 1234, 1234.5, 12.5],
        [{ person: 'octocat' }, undefined, 0, undefined],
      ],
    };
    expect(markdown(table)).toBe(`### Title

| Organization | People | Cost | Share |
| --- | --: | --: | --: |
| acme | 1,234 | $1,234.50 | 12.5\u00A0% |
| \`octocat\` | – | $0.00 | – |`);
  });

  test.each([
    ['all.csv', '… and 3 more: see `all.csv`'],
    ['unwritten.csv', '… and 3 more'],
    [undefined, '… and 3 more'],
  ])('shows as many rows as it may and says where the others are: %s', (file, more) => {
    const limited = { limit: 2, ...(file !== undefined && { file }) };
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => [name]);
    const table = markdown({ kind: 'table', columns: [{ label: 'x', format: 'text' }], rows, ...limited });
    expect(table.split('\n\n').slice(1)).toEqual(['| x |\n| --- |\n| a |\n| b |', more]);
    const list = markdown({ kind: 'list', items: ['a', 'b', 'c', 'd', 'e'], ...limited });
    expect(list.split('\n\n').slice(1)).toEqual(['- a\n- b', more]);
  });

  test('points to the page when no file has the rows', () => {
    const options = { ...OPTIONS, files: new Set(['report.html']) };
    const list: Block = { kind: 'list', items: ['a', 'b'], limit: 1, file: 'all.csv' };
    expect(sectionMarkdown({ title: '', blocks: [list] }, 3, options)).toBe(
      '- a\n\n… and 1 more: see `report.html`',
    );
  });

  test('a chart stands over a table that shows less of it, the last rows if they matter most, and over no other', () => {
    const days: TableBlock = {
      kind: 'table',
      columns: [
        { label: 'Day', format: 'text' },
        { label: 'Cost', format: 'usd' },
      ],
      rows: Array.from({ length: 9 }, (_, index) => [`day ${index + 1}`, index]),
      chart: { type: 'line', title: 'Cost', x: 'Day', y: 'Cost' },
    };
    const page = html(markdown({ ...days, limit: 2, fromEnd: true, file: 'all.csv' }));
    expect(page).toMatch(/<code class="language-mermaid">(?:.|\n)*xychart(?:.|\n)*<table>/);
    expect(cellsOf(page)).toEqual(['day 8', '$7.00', 'day 9', '$8.00']);
    expect(textOf(page)).toContain('… and 7 more: see all.csv');
    expect(cellsOf(html(markdown({ ...days, limit: 2 })))).toEqual(['day 1', '$0.00', 'day 2', '$1.00']);
    expect(markdown({ ...days, limit: 9, fromEnd: true })).not.toContain('mermaid');
    expect(markdown(days)).not.toContain('mermaid');
    expect(markdown({ ...days, rows: days.rows.slice(0, 2), limit: 1 })).not.toContain('mermaid');
  });

  test('a folded section says what it comes to', () => {
    const conclusion = ['2 of <3> ', { strong: 'seats' }];
    const section = { title: 'Seats', collapsed: true, conclusion, blocks: [] };
    expect(sectionMarkdown(section, 3, OPTIONS)).toContain(
      '<summary><strong>Seats</strong>: 2 of &lt;3&gt; seats</summary>',
    );
  });

  test('a collapsed section keeps its Markdown', () => {
    const section = { title: 'More', collapsed: true, blocks: [{ kind: 'list', items: ['a'] }] } as const;
    expect(html(sectionMarkdown(section, 3, OPTIONS))).toBe(
      '<details>\n<summary><strong>More</strong></summary>\n<ul>\n<li>a</li>\n</ul>\n</details>',
    );
  });

  test('a few figures stand side by side', () => {
    const figures: Block = {
      kind: 'figures',
      figures: [
        { label: 'Seats', value: -12, format: 'number', tone: 'bad', hint: 'of 4,500' },
        { label: 'Used', value: undefined, format: 'percent' },
      ],
    };
    expect(markdown(figures)).toBe(`### Title

| Seats | Used |
| :-: | :-: |
| 🔴 <strong>-12</strong> | <strong>–</strong> |
| of 4,500 |  |`);
  });

  test('many figures are a row each', () => {
    const figures = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map(
      (label, value) => ({ label, value, format: 'number' }) as const,
    );
    expect(
      markdown({
        kind: 'figures',
        figures: [{ ...figures[0], hint: 'of 9' } as Figure, ...figures.slice(1)],
      }),
    ).toBe(`### Title

| Figure | Value | Note |
| --- | --: | --- |
| a | <strong>0</strong> | of 9 |
| b | <strong>1</strong> |  |
| c | <strong>2</strong> |  |
| d | <strong>3</strong> |  |
| e | <strong>4</strong> |  |
| f | <strong>5</strong> |  |
| g | <strong>6</strong> |  |
| h | <strong>7</strong> |  |
| i | <strong>8</strong> |  |`);
  });

  test('four figures without hints are one line under their labels', () => {
    const figures = ['a', 'b', 'c', 'd'].map((label, value) => ({ label, value, format: 'number' }) as const);
    expect(markdown({ kind: 'figures', figures })).toBe(`### Title

| a | b | c | d |
| :-: | :-: | :-: | :-: |
| <strong>0</strong> | <strong>1</strong> | <strong>2</strong> | <strong>3</strong> |`);
  });
});

test('a space at the end of strong text keeps it apart from what follows', () => {
  expect(markdownText([{ strong: '2 servers fail. ' }, 'Sync them.'])).toBe(
    '<strong>2 servers fail.</strong> Sync them.',
  );
});

test('a login that is an email, or withheld, reads "an account"', () => {
  for (const person of ['mona@example.com', '']) {
    const text = ['Ask ', { person }, '.'];
    expect(markdownText(text)).toBe('Ask an account.');
    expect(plainText(text)).toBe('Ask an account.');
    expect(textHtml(text).html).toBe('Ask an account.');
  }
});

/** Reading what the writers wrote, with other people's readers. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import Papa from 'papaparse';
import parsePrometheus from 'parse-prometheus-text-format';
import { expect } from 'vitest';

const reader = new MarkdownIt({ html: true, linkify: true });
// Out of plain text GitHub makes links of `http:`, `https:`, `ftp:` and `mailto:`, of `www.` and of email addresses
// (https://github.github.com/gfm/#autolinks-extension-), not of `//host`, nor of every word with a dot in it.
reader.linkify.set({ fuzzyLink: false }).add('//', null);
reader.linkify.add('www.', {
  validate: (text, at) => /^[\w-]+(\.[\w-]+)*/.exec(text.slice(at))?.[0].length ?? 0,
  normalize: (match) => {
    match.url = `http://${match.url}`;
  },
});

/** A page as GitHub makes it of Markdown. */
export const html = (markdown: string): string => reader.render(markdown);

/**
 * Two readers of different make, each of which finds out for itself what separates cells and rows, or is told; as
 * Excel and Python do, one begins a row at any line break.
 */
export const CSV_READERS: Readonly<Record<string, (text: string) => string[][]>> = {
  'csv-parse': (text) => parse(text),
  'csv-parse, told': (text) => parse(text, { delimiter: ',', record_delimiter: '\r\n' }),
  'csv-parse, at any line break': (text) => parse(text, { record_delimiter: ['\r\n', '\n', '\r'] }),
  papaparse: (text) => readWithPapa(text, {}),
  'papaparse, told': (text) => readWithPapa(text, { delimiter: ',', newline: '\r\n' }),
};

function readWithPapa(text: string, options: Papa.ParseConfig): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { ...options, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

/** The records of a CSV file, all readers agreeing. */
export function csvRecords(text: string): string[][] {
  // As it stands in a file: UTF-8 has no half characters.
  const written = text.toWellFormed();
  const read = Object.entries(CSV_READERS).map(([name, reader]) => [name, reader(written)] as const);
  const [[, records]] = read as [readonly [string, string[][]]];
  for (const [name, others] of read) expect(others, name).toEqual(records);
  return records;
}

/** The rows of a CSV file by the names of its header. */
export function csvRows(text: string): Record<string, string>[] {
  const [header = [], ...records] = csvRecords(text);
  for (const record of records) expect(record).toHaveLength(header.length);
  return records.map((record) => Object.fromEntries(header.map((name, at) => [name, record[at] as string])));
}

/** The samples of a Prometheus text, by gauge, without what all of their names begin with. */
export const gaugesOf = (text: string) =>
  Object.fromEntries(
    parsePrometheus(text).map(({ name, type, metrics }) => {
      expect([type, name]).toEqual(['GAUGE', expect.stringMatching(/^enterprise_license_report_[a-z_]+$/)]);
      return [name.replace('enterprise_license_report_', ''), metrics];
    }),
  );

/** The names of the elements in a page. */
export const tags = (page: string): Set<string> =>
  new Set(Array.from(page.matchAll(/<([a-z][a-z0-9]*)/gi), ([, name = '']) => name.toLowerCase()));

/** The runs of text between tags, as a browser has them. */
export const textNodes = (page: string): string[] => page.split(/<[^>]*>/).map(decoded);

export const textOf = (page: string): string => textNodes(page).join('').trim();

const decoded = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** What GitHub makes a link, a mention or an emoji of when it stands in one run of text. */
export const GITHUB_LINKS =
  /@\w|#\d|\bGH-\d|\b(?:GHSA|CVE)-\d|:\/\/|www\.|:[\w+-]+:|\$.|.\$|\b[0-9a-f]{7,40}\b/i;

export const HOSTILE = [
  'a | b',
  'two\nlines\r\nand\ta tab',
  '<img src=x onerror=alert(1)>',
  '</details></table><script>alert(1)</script>',
  '<!-- comment',
  '`code` ``more`` ```fence',
  '**bold** _em_ ~~gone~~ __init__',
  '![image](https://evil.example/x.png) [link](javascript:alert(1)) [ref]: http://x',
  'https://evil.example www.evil.example ftp://x.example someone@evil.example <https://x.example>',
  '@octocat @acme/team #12 acme/web#3 GH-1 CVE-2026-12345 deadbeefcafe',
  '$x^2$ $$y$$ :tada: &copy; &#64;octocat \\@octocat',
  '- item',
  '1. item',
  '# heading #',
  '> quote',
  '---',
  '===',
  '    indented',
  '[^1] [x] - [ ] task',
  'ends with a backslash \\',
  'ends with a bang!',
  '\u202Eright to left\u202C zero\u200Bwidth \u0000 \u0007 \uD800',
  '👩‍💻 José 日本語 ﷽',
  '=HYPERLINK("https://evil.example","x")',
  "+1-2 -3 @sum ＝1 '=1 \t=1",
  '::set-output name=status::pass',
  '##[error]x %0A::error::x',
  '%%{init: {"theme":"dark"}}%% "quote" ; # { } end',
  '__proto__',
  '',
  ' ',
  'x'.repeat(10_000),
];

/** Text as it may come from GitHub, the worst of it often. */
export const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.constantFrom(...'`*_[]()<>|~$&!#@:./\\-+=\'"0aA \n\t%;{}'.split(''), 'www.', '://', 'GH-1'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

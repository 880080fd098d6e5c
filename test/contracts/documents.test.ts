/** What the documents say is there, and what is there is said. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseGates } from '../../src/inputs/gates.ts';
import { METRICS } from '../../src/metrics.ts';
import { REASONS } from '../../src/reports/candidates/reasons.ts';
import { DOCUMENTS, EXAMPLES, filesIn, pathOf, read } from './repository.ts';

/** The sources, with texts that are written over several lines joined. */
const sources = filesIn('src', '.ts')
  .filter((file) => !file.startsWith('src/output/html/'))
  .map((file) => ({ file, code: read(file).replaceAll(/(['"`]) \+\s*(['"`])/g, '') }));
const code = [
  ...sources.map((source) => source.code.replaceAll('\\`', '`')),
  ...[...EXAMPLES, '.github/workflows/report.yml'].map(read),
].join('\n');

describe('docs/metrics.md', () => {
  test.each(Object.keys(METRICS))('lists %s in a table', (metric) => {
    expect(read('docs/metrics.md')).toMatch(new RegExp(`^\\|[^|]*\`${metric}\``, 'm'));
  });

  test.each(Object.entries(REASONS))('lists the reason %s with its license and certainty', (name, reason) => {
    expect(read('docs/metrics.md')).toContain(
      `\n| ${reason.license} | \`${name}\` | \`${reason.certainty}\` | `,
    );
  });

  test('lists no metric that is none', () => {
    const listed = read('docs/metrics.md')
      .split('\n')
      .flatMap((line) => /^\| (`[^|]+`) \|/.exec(line)?.[1]?.match(/[\w-]+/g) ?? []);
    expect(listed.filter((name) => !(name in METRICS))).toEqual([]);
  });
});

describe('docs/thresholds.md', () => {
  const traps: readonly (readonly [text: string, said: string])[] = [
    ['seats-over: >5', 'which is no bound'],
    ['seats-over: > 5', 'is not valid YAML'],
    ['seats-over: >= 5', 'is not valid YAML'],
    ['seats-over: <5', 'write "below 5"'],
    ['seats-available: 0', 'write "above 0" or "below 0"'],
    ['seats-over:above 5', 'Put a space after the colon'],
    ['seats-over: above 5 seats-available: below 0', 'Use "fail-on: |" rather than "fail-on: >"'],
    ['- seats-over: above 5', 'Write no dash before the metric'],
    ['# seats-over: above 5', 'Only comments were found'],
    ['seats-over: above 5\nseats-over: above 9', 'Map keys must be unique'],
    ['seat-over: above 5', 'which is no metric. Did you mean "seats-over"?'],
    ['seats-over: above 5%', '"%" may follow only for percentages'],
    ['seats-over: above 1e3', 'which is no bound'],
    ['cost-net: above $1,000', 'write "above 1000"'],
    ['cost-net: Above 1000', 'write "above 1000"'],
    ['seats-over: above\u00a05', 'which looks like a plain character or like nothing'],
  ];
  test.each(traps)('tells what becomes of %j', (text, said) => {
    expect(parseGates(text, 'fail').problems.join('\n')).toContain(said);
    expect(read('docs/thresholds.md').replaceAll('\\|', '|')).toContain(said);
  });
});

describe('docs/troubleshooting.md', () => {
  const page = read('docs/troubleshooting.md');
  /** In headings and in the first cell of a row: parts of messages, as the code has them. */
  const stems = page
    .split('\n')
    .filter((line) => /^(### |\| )`/.test(line))
    .flatMap((line) => (line.startsWith('|') ? (line.split(' | ')[0] ?? '') : line).match(/`[^`]+`/g) ?? [])
    .map((stem) => stem.slice(1, -1))
    .filter((stem) => stem !== 'seats-consumed' && stem !== 'users');

  test.each(stems)('has "%s" from the code', (stem) => {
    expect(code.includes(stem)).toBe(true);
  });

  test.each(messages())('finds the message "$message" of $file', ({ message }) => {
    expect(stems.filter((stem) => message.includes(stem.trim()))).not.toEqual([]);
  });

  test('looks at many messages', () => {
    expect(messages().length).toBeGreaterThan(60);
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  const text = read(file);
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');

  test('links to files and headings that exist', () => {
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image ?? '',
    );
    const broken = links
      .filter((link) => !/^(https?:|mailto:)/.test(link))
      // Pictures are made from a run, by hand.
      .filter((link) => !link.startsWith('docs/images/'))
      .filter((link) => {
        const [to = '', anchor] = link.split('#');
        const target = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
        return !existsSync(pathOf(target)) || (anchor !== undefined && !anchorsOf(target).has(anchor));
      });
    expect(broken).toEqual([]);
  });

  test('links with https only', () => {
    expect(text.match(/\]\(http:/g)).toBeNull();
  });

  test('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('every document of docs/ is found from the README or from another document', () => {
  const all = DOCUMENTS.map(read).join('\n');
  for (const file of filesIn('docs', '.md')) expect(all).toContain(path.posix.basename(file));
});

test('every test that docs/threats.md names exists', () => {
  const rows = [...read('docs/threats.md').matchAll(/^\|.*\| \[(test\/[\w./-]+)\]\([^)]+\): (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(15);
  for (const [, file = '', names = ''] of rows) {
    for (const name of names.match(/«[^»]+»/g) ?? ['«no test is named»'])
      expect(read(file), file).toContain(name.slice(1, -1));
  }
});

/** Headings as GitHub turns them into anchors. */
function anchorsOf(file: string): ReadonlySet<string> {
  if (!file.endsWith('.md')) return new Set();
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading as string);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/**
 * The texts that the code hands to people: what errors are made with, problems of inputs and bounds, warnings and
 * notices, and why a metric has no value. Read from the code's text, so they are parts of the messages.
 */
function messages(): { file: string; message: string }[] {
  const text = String.raw`((?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\`(?:[^\`\\]|\\.)*\`))`;
  const places = [
    String.raw`new (?:GitHubError|ExplainedError|OutputError|PreviousReportError|HistoryError)\(\s*(?:'[\w-]+',\s*)?`,
    String.raw`\b(?:problem|refuse)\(\s*(?:(?:'[\w-]+'|\`\$\{level\}-on\`),\s*)?`,
    String.raw`problems(?:\.push\(|: \[)\s*`,
    String.raw`\bmake\(\s*'\w+',\s*`,
    String.raw`return \[\s*'[\w-]+',\s*`,
    String.raw`level: '(?:warning|notice)',\s*text: `,
    String.raw`\b(?:notDelivered|wrongHost)\(\s*`,
    String.raw`absent: '(?:not-delivered|wrong-host)',\s*why: `,
  ];
  /** What scripts of workflows print; what varies in it is a variable of the shell. */
  const printed = [...EXAMPLES, '.github/workflows/report.yml'].flatMap((file) =>
    [...read(file).matchAll(/"::(?:error|warning|notice)::([^"]+)"/g)].map(([, message = '']) => ({
      file,
      message,
    })),
  );
  return sources
    .flatMap(({ file, code }) =>
      places.flatMap((place) =>
        [...code.matchAll(new RegExp(place + text, 'g'))].map(([, literal = '']) => ({
          file,
          message: literal.slice(1, -1).replaceAll('\\`', '`'),
        })),
      ),
    )
    .concat(printed)
    .filter(({ message }) => /\w+ \w+/.test(message.replaceAll(/\$\{[^}]*\}/g, '')));
}

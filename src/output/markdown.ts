/** Sections of a report as GitHub-flavoured Markdown. */
import type { Block, Cell, Figure, Format, Section, TableBlock, Text } from '../reports/report.ts';
import { formatNumber, plainText, UNKNOWN } from './format.ts';
import { elementText, markdownText } from './markdown-text.ts';
import { mermaid } from './mermaid.ts';

export interface MarkdownOptions {
  /** Files that were written: only these are pointed to. */
  readonly files: ReadonlySet<string>;
  /** Rows of a table and items of a list at most, whatever their own limit. */
  readonly maxRows: number;
  /** Characters of a cell at most. */
  readonly maxCell: number;
}

const CALLOUTS = { note: 'ℹ️', warning: '⚠️', caution: '🛑' } as const;
const SIDE_BY_SIDE = 8;
const NO_BREAK_SPACE = '\u00A0';
const TONES = { good: '🟢 ', warn: '🟡 ', bad: '🔴 ' } as const;

/** Blocks apart from each other, as Markdown needs them. */
export const paragraphs = (blocks: readonly string[]): string =>
  blocks.filter((block) => block !== '').join('\n\n');

/** A heading and its blocks; without a title only the blocks. A collapsed section opens at a click on what it comes to. */
export function sectionMarkdown(section: Section, level: number, options: MarkdownOptions): string {
  const body = paragraphs(section.blocks.map((block) => blockMarkdown(block, options)));
  if (!section.collapsed) return paragraphs([heading(section.title, level), body]);
  return detailsMarkdown(section.title, body, section.conclusion);
}

/** `body` opens at a click on its title, beside which `conclusion` stands. */
export function detailsMarkdown(title: string, body: string, conclusion: Text = ''): string {
  const outside = conclusion === '' ? '' : `: ${elementText(plainText(conclusion))}`;
  return `<details>\n<summary><strong>${elementText(title)}</strong>${outside}</summary>\n\n${body}\n\n</details>`;
}

/** `level` is 1 to 6. */
export function heading(title: string, level: number): string {
  const text = markdownText(title);
  return text === '' ? '' : `${'#'.repeat(level)} ${text}`;
}

function blockMarkdown(block: Block, options: MarkdownOptions): string {
  switch (block.kind) {
    case 'text':
      return markdownText(block.text);
    case 'list':
      return listMarkdown(block, options);
    case 'callout':
      return calloutMarkdown(CALLOUTS[block.level], block.text);
    case 'figures':
      return figuresMarkdown(block.figures, options.maxCell);
    case 'table':
      return tableBlockMarkdown(block, options);
  }
}

/** A quote with a sign: job summaries of older hosts do not draw GitHub's `[!WARNING]`. */
export const calloutMarkdown = (sign: string, text: Text): string => `> ${sign} ${markdownText(text)}`;

function listMarkdown(block: Extract<Block, { kind: 'list' }>, options: MarkdownOptions): string {
  const shown = block.items.slice(0, Math.min(block.limit ?? Number.POSITIVE_INFINITY, options.maxRows));
  const list = shown.map((item) => `- ${markdownText(item, options.maxCell)}`).join('\n');
  return paragraphs([list, more(block.items.length - shown.length, block.file, options)]);
}

function tableBlockMarkdown(block: TableBlock, options: MarkdownOptions): string {
  const most = Math.min(block.limit ?? Number.POSITIVE_INFINITY, options.maxRows);
  const shown = block.rows.slice(...(block.fromEnd && block.rows.length > most ? [-most] : [0, most]));
  const chart = block.chart && mermaid({ ...block, chart: block.chart }, shown.length);
  const columns = block.columns.map(({ label, format }) => ({ label, right: format !== 'text' }));
  const rows = shown.map((row) =>
    block.columns.map(({ format }, at) => cell(row[at], format, options.maxCell)),
  );
  return paragraphs([
    chart === undefined ? '' : `\`\`\`mermaid\n${chart}\n\`\`\``,
    shown.length === 0 ? '' : tableMarkdown(columns, rows),
    more(block.rows.length - shown.length, block.file, options),
  ]);
}

/** What was left out, and where it is. */
function more(count: number, file: string | undefined, { files }: MarkdownOptions): string {
  if (count === 0) return '';
  const place = file === undefined ? undefined : [file, 'report.html'].find((name) => files.has(name));
  return `… and ${formatNumber(count, 'number')} more${place === undefined ? '' : `: see \`${place}\``}`;
}

/** Cells are Markdown already, each on one line and without a bare `|`. */
export function tableMarkdown(
  columns: readonly { readonly label: string; readonly right?: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const labels = columns.map(({ label }) => markdownText(label));
  return table(
    labels,
    columns.map(({ right }) => (right ? '--:' : '---')),
    rows,
  );
}

const table = (...lines: [labels: string[], rules: string[], rows: readonly (readonly string[])[]]): string =>
  [lines[0], lines[1], ...lines[2]].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export function cell(value: Cell, format: Format, length: number): string {
  if (value === undefined) return UNKNOWN;
  if (typeof value !== 'number') return markdownText(value, length);
  return formatNumber(value, format).replace(' ', NO_BREAK_SPACE);
}

/** A few figures stand side by side with their hints below; more of them are a row each. */
export function figuresMarkdown(figures: readonly Figure[], length: number): string {
  if (figures.length === 0) return '';
  const label = (figure: Figure) => markdownText(figure.label, length);
  const hint = (figure: Figure) => markdownText(figure.hint ?? '', length);
  const value = ({ value, format, tone }: Figure) =>
    `${tone === undefined ? '' : TONES[tone]}<strong>${cell(value, format, length)}</strong>`;
  if (figures.length > SIDE_BY_SIDE) {
    const rows = figures.map((figure) => [label(figure), value(figure), hint(figure)]);
    return table(['Figure', 'Value', 'Note'], ['---', '--:', '---'], rows);
  }
  const rows = [figures.map(value), figures.map(hint)].filter((row) => row.some((text) => text !== ''));
  return table(
    figures.map(label),
    figures.map(() => ':-:'),
    rows,
  );
}

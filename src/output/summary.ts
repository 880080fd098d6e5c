/** The job summary, which is also `summary.md`: the verdict first, then the gates, then the reports. */

import { shorten } from '../common/text.ts';
import { METRICS } from '../metrics.ts';
import { GENERATOR } from '../report-files.ts';
import type { Section } from '../reports/report.ts';
import type { Judgement } from '../thresholds.ts';
import { type Alert, type Document, type Sign, signOf, titleOf } from './document.ts';
import { formatNumber } from './format.ts';
import {
  calloutMarkdown,
  cell,
  detailsMarkdown,
  figuresMarkdown,
  heading,
  type MarkdownOptions,
  paragraphs,
  sectionMarkdown,
  tableMarkdown,
} from './markdown.ts';
import { markdownText } from './markdown-text.ts';

/**
 * GitHub drops a step's summary of more than 1 MiB; a little stays free.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#job-summaries
 */
export const SUMMARY_LIMIT = 1024 * 1024 - 1024;

const STATUS = {
  pass: '✅',
  ungated: 'ℹ️',
  warn: '⚠️',
  fail: '❌',
  error: '🚫',
} as const satisfies Record<Sign, string>;
const ALERTS = { error: '🚫', warning: '⚠️', notice: 'ℹ️' } as const satisfies Record<Alert['level'], string>;
const CELL = 200;

/** How much of the document is shown. */
interface Plan {
  readonly maxRows: number;
  readonly sections: 'all' | 'open' | 'none';
  readonly maxAlerts: number;
  readonly maxGates: number;
}

const WHOLE: Plan = {
  maxRows: Infinity,
  sections: 'all',
  maxAlerts: Infinity,
  maxGates: Infinity,
};

/**
 * Markdown of at most `maxBytes` of UTF-8 (256 KiB or more, should all of it be hostile). A document that is longer is
 * shortened from its end: the longest lists first, then folded sections, then all sections; it says so, and names the
 * files that have everything.
 */
export function summaryMarkdown(document: Document, maxBytes = SUMMARY_LIMIT): string {
  let markdown = '';
  for (const plan of plans(document)) {
    markdown = render(document, plan);
    if (Buffer.byteLength(markdown) <= maxBytes) break;
  }
  return markdown;
}

function* plans(document: Document): Generator<Plan> {
  yield WHOLE;
  const halved = function* (from: number, to: number) {
    for (let size = Math.floor(from / 2); size >= to; size = Math.floor(size / 2)) yield size;
  };
  for (const maxRows of halved(longestList(document), 5)) yield { ...WHOLE, maxRows };
  yield { ...WHOLE, maxRows: 5, sections: 'open' };
  const verdict = { ...WHOLE, maxRows: 5, sections: 'none' } as const;
  yield verdict;
  // What is left is the reader's first interest: it gives way only when nothing else can.
  for (const most of halved(Math.max(document.alerts.length, document.judgements.length), 1)) {
    yield { ...verdict, maxAlerts: most, maxGates: most };
  }
  yield { ...verdict, maxAlerts: 0, maxGates: 0 };
}

function longestList(document: Document): number {
  const blocks = document.reports.flatMap(({ sections }) => sections.flatMap((section) => section.blocks));
  const lengths = blocks.map((block) => {
    if (block.kind !== 'table' && block.kind !== 'list') return 0;
    return Math.min(block.kind === 'table' ? block.rows.length : block.items.length, block.limit ?? Infinity);
  });
  return Math.max(10, ...lengths);
}

function render(document: Document, plan: Plan): string {
  const options: MarkdownOptions = {
    files: new Set(document.files),
    maxRows: plan.maxRows,
    maxCell: CELL,
  };
  return `${paragraphs([
    `<!-- generator: ${GENERATOR} -->`,
    `# ${STATUS[signOf(document)]} ${markdownText(titleOf(document), CELL)}`,
    `<strong>${markdownText(document.headline)}</strong>`,
    document.note === undefined ? '' : markdownText(document.note),
    figuresMarkdown(document.figures, CELL),
    document.pages.map((page) => markdownText(page, CELL)).join(' · '),
    alertsMarkdown(document.alerts, plan.maxAlerts),
    gatesMarkdown(document.judgements, plan.maxGates),
    ...document.reports.flatMap(({ title, sections }) => [
      heading(title, 2),
      ...sectionsMarkdown(sections, plan, options),
    ]),
    shortened(document, plan),
    footer(document),
  ])}\n`;
}

/** Errors and warnings first; several notices are folded, since nobody has to act on one. */
function alertsMarkdown(alerts: readonly Alert[], most: number): string {
  const order = ['error', 'warning', 'notice'];
  const sorted = alerts.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const shown = sorted.slice(0, most);
  const left = alerts.length - shown.length;
  const notices = shown.filter(({ level }) => level === 'notice');
  const quotes = (some: readonly Alert[]) =>
    some.map(({ level, text }) => calloutMarkdown(ALERTS[level], text));
  return paragraphs([
    ...quotes(shown.filter(({ level }) => level !== 'notice')),
    notices.length > 1
      ? detailsMarkdown('Notes', paragraphs(quotes(notices)), formatNumber(notices.length, 'number'))
      : paragraphs(quotes(notices)),
    left > 0 ? `… and ${formatNumber(left, 'number')} more messages: see the log` : '',
  ]);
}

function gatesMarkdown(judgements: readonly Judgement[], most: number): string {
  if (judgements.length === 0) return '';
  const left = judgements.length - Math.min(most, judgements.length);
  const columns = [
    { label: 'Metric' },
    { label: 'Value', right: true },
    { label: 'Gate' },
    { label: 'Verdict' },
  ];
  const body = paragraphs([
    tableMarkdown(columns, judgements.slice(0, most).map(gateCells)),
    left > 0 ? `… and ${formatNumber(left, 'number')} more gates: see the output \`breaches\`` : '',
  ]);
  // The headline has said that all of them pass.
  return judgements.every(({ verdict, why }) => verdict === 'pass' && why === undefined)
    ? detailsMarkdown('Gates', body)
    : paragraphs(['## Gates', body]);
}

function gateCells({ gate: { level, metric, bound }, value, verdict, why }: Judgement): string[] {
  const reason = why === undefined ? '' : `: ${markdownText(why, CELL)}`;
  return [
    `\`${metric}\``,
    cell(value, METRICS[metric].unit, CELL),
    markdownText(`${level}-on: ${bound}`, CELL),
    `${STATUS[verdict]} ${verdict}${reason}`,
  ];
}

function sectionsMarkdown(sections: readonly Section[], plan: Plan, options: MarkdownOptions): string[] {
  const shown = sections.filter(
    ({ collapsed }) => plan.sections === 'all' || (plan.sections === 'open' && !collapsed),
  );
  const left = sections.filter((section) => !shown.includes(section)).map(({ title }) => title);
  const named = shorten(left.join(', '), CELL);
  return [
    ...shown.map((section) => sectionMarkdown(section, 3, options)),
    left.length === 0 ? '' : `Left out, to stay within GitHub's limit: ${markdownText(named)}`,
  ];
}

function shortened(document: Document, plan: Plan): string {
  if (plan === WHOLE) return '';
  const where =
    document.files.length === 0 ? 'No file was written.' : 'The files of this run have everything.';
  const lists = `its lists show ${plan.maxRows} rows at most`;
  return calloutMarkdown('✂️', `This summary was shortened to stay within GitHub's limit: ${lists}. ${where}`);
}

function footer({ generatedAt, apiUrl, files, redacted }: Document): string {
  const time = `${generatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const facts = [
    ...(apiUrl === '' ? [] : [markdownText({ code: apiUrl }, CELL)]),
    time,
    ...(redacted ? ['people are pseudonyms'] : []),
  ];
  const names = files.slice(0, 20).map((file) => markdownText({ code: file }, CELL));
  if (names.length > 0) facts.push(`files: ${names.join(', ')}`);
  return paragraphs(['---', facts.join(' · ')]);
}

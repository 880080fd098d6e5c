/**
 * `report.html`: one page that needs nothing else. It brings its own style and script, whose hashes its
 * Content-Security-Policy names; everything else, any request included, is forbidden.
 */
import { METRICS } from '../../metrics.ts';
import { GENERATOR } from '../../report-files.ts';
import type { Chapter, Table } from '../../reports/report.ts';
import type { Judgement } from '../../thresholds.ts';
import { type Alert, type Document, type Sign, signOf, titleOf } from '../document.ts';
import { UNKNOWN } from '../format.ts';
import { script, scriptHash, style, styleHash } from './assets.generated.ts';
import { calloutHtml, figuresHtml, sectionHtml } from './blocks.ts';
import { tableBlocks, tableHead, tableHtml } from './data.ts';
import { fileHtml, type Html, html, numberText, textHtml } from './markup.ts';
import { PAGE_SIZE } from './shared.ts';

const POLICY = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const STATUS: Record<Sign, readonly [sign: string, word: string]> = {
  pass: ['✓', 'Pass'],
  ungated: ['i', 'No gate'],
  warn: ['!', 'Warning'],
  fail: ['✕', 'Fail'],
  error: ['✕', 'Error'],
};
const VERDICT: Record<Judgement['verdict'], readonly [sign: string, word: string]> = {
  ...STATUS,
  warn: ['!', 'Warn'],
};
const ALERT: Record<Alert['level'], readonly [level: string, label: string]> = {
  error: ['caution', 'Error'],
  warning: ['warning', 'Warning'],
  notice: ['note', 'Note'],
};

const PAGE = 'report.html';

/** The page in pieces, to be written one after the other: with 100,000 people the whole is many megabytes. */
export function* htmlPage(document: Document): Iterable<string> {
  const files = new Set(document.files);
  const reports = document.reports.map((report, index) => ({
    report,
    id: `report-${index}`,
    tables: tablesBelow(report).map((table, number) => ({
      table,
      head: tableHead(table, `table-${index}-${number}`),
    })),
  }));
  yield opening(document).html;
  yield contents(reports).html;
  if (document.figures.length > 0) yield figuresHtml(document.figures).html;
  for (const { level, text } of document.alerts)
    yield calloutHtml(...ALERT[level], textHtml(text, files)).html;
  if (document.judgements.length > 0) yield gatesHtml(document.judgements).html;
  for (const { report, id, tables } of reports) {
    yield html`<section class="report"><h2 id="${id}">${report.title}</h2>`.html;
    const below = new Map(tables.map(({ table, head }) => [`${table.name}.csv`, head.id]));
    const surroundings = { files, tables: below };
    for (const section of report.sections) yield sectionHtml(section, report.title, surroundings).html;
    for (const { table, head } of tables) yield tableHtml(table, head, files).html;
    yield '</section>\n';
  }
  yield closing(document).html;
  for (const { tables } of reports) {
    for (const { table, head } of tables) for (const block of tableBlocks(table, head)) yield block.html;
  }
  yield `<script>${script}</script>\n</body>\n</html>\n`;
}

/** Tables that can be searched: those with rows, unless they are few and a section has told all of them. */
function tablesBelow({ sections, tables }: Chapter): readonly Table[] {
  const told = new Set(
    sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.kind === 'table' && block.isFile && block.rows.length <= PAGE_SIZE ? [block.file] : [],
      ),
    ),
  );
  return tables.filter(({ name, rows }) => rows.length > 0 && !told.has(`${name}.csv`));
}

function opening(document: Document): Html {
  const { generatedAt, apiUrl, headline, note, pages } = document;
  const [sign, word] = STATUS[signOf(document)];
  const title = titleOf(document);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="${GENERATOR}">
<meta http-equiv="Content-Security-Policy" content="${{ html: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${word}: ${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="top"><div class="title"><h1>${title}</h1>
<p class="meta"><span>${host(apiUrl)}</span><time datetime="${generatedAt.toISOString()}">${generatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>${pages.map((page) => html` ${textHtml(page)}`)}</p></div>
<p class="verdict ${signOf(document)}"><span class="badge"><span aria-hidden="true">${sign}</span> ${word}</span> <span>${textHtml(headline)}</span></p>
${note && html`<p class="remark">${textHtml(note, new Set(document.files))}</p>\n`}</header>
<main id="main" tabindex="-1">
`;
}

function host(apiUrl: string): string {
  return URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl;
}

interface ContentsEntry {
  readonly report: Chapter;
  readonly id: string;
  readonly tables: readonly { readonly head: { readonly id: string; readonly title: string } }[];
}

function contents(reports: readonly ContentsEntry[]): Html {
  if (reports.length === 0) return html``;
  return html`<nav class="contents" aria-label="Contents"><ul>${reports.map(
    ({ report, id, tables }) =>
      html`<li><a href="#${id}">${report.title}</a>${tables.map(({ head }) => html` <a class="minor" href="#${head.id}">${head.title}</a>`)}</li>`,
  )}</ul></nav>
`;
}

function gatesHtml(judgements: readonly Judgement[]): Html {
  return html`<section class="section" aria-labelledby="gates"><h2 id="gates">Gates</h2><div class="scroll" role="group" aria-labelledby="gates" tabindex="0"><table class="gates"><thead><tr><th scope="col">Verdict</th><th scope="col">Metric</th><th scope="col" class="number">Value</th><th scope="col">Level</th><th scope="col">Bound</th></tr></thead><tbody>${judgements.map(
    ({ gate: { level, metric, bound }, verdict, value, why }) => {
      const [sign, word] = VERDICT[verdict];
      return html`<tr><td><span class="badge ${verdict.replace(' ', '-')}"><span aria-hidden="true">${sign}</span> ${word}</span></td><td><code>${metric}</code>${why && html`<br><span class="why">${why}</span>`}</td><td class="number">${value === undefined ? UNKNOWN : numberText(value, METRICS[metric].unit)}</td><td><code>${level}-on</code></td><td>${bound}</td></tr>`;
    },
  )}</tbody></table></div></section>
`;
}

function closing({ files, redacted }: Document): Html {
  return html`</main>
<footer><p>${redacted && 'People are shown under pseudonyms. '}This page holds everything that it shows and loads nothing.${files.length > 0 && html` Files of the same run: ${files.map((file, index) => html`${index > 0 && ', '}${file === PAGE ? html`<code>${file}</code>` : fileHtml(file, new Set(files))}`)}.`}</p></footer>
`;
}

/** Sections and their blocks, as a reader without JavaScript sees them too. */

import { count, counted } from '../../common/words.ts';
import type { Block, Figure, Section, TableBlock, Text } from '../../reports/report.ts';
import { UNKNOWN } from '../format.ts';
import { chart } from './chart.ts';
import { cellHtml, fileHtml, type Html, html, numberText, textHtml } from './markup.ts';

const CALLOUTS = { note: 'Note', warning: 'Warning', caution: 'Caution' } as const;
const MOST_FOLDED = 500;

/** What the blocks of a report can refer to. */
export interface Surroundings {
  /** Files that lie beside the page. */
  readonly files: ReadonlySet<string>;
  /** By the name of their file, ids of tables further down that have every row. */
  readonly tables: ReadonlyMap<string, string>;
}

function figure({ label, value, format, hint, tone }: Figure): Html {
  const text = typeof value === 'number' ? numberText(value, format) : (value ?? UNKNOWN);
  return html`<div class="figure${tone && ` ${tone}`}"><dt>${label}</dt><dd class="value">${text}</dd>${
    hint && html`<dd class="hint">${textHtml(hint)}</dd>`
  }</div>`;
}

export function figuresHtml(list: readonly Figure[]): Html {
  return html`<dl class="figures">${list.map(figure)}</dl>`;
}

export function calloutHtml(level: string, label: string, content: Html): Html {
  return html`<div class="callout ${level}"><p><strong class="label">${label}</strong> ${content}</p></div>`;
}

/** What is beyond the limit of a list, folded away, so much of it as a document can hold at its ease. */
function rest<Item>(
  { limit, file }: { readonly limit?: number; readonly file?: string },
  items: readonly Item[],
  files: ReadonlySet<string>,
  show: (items: readonly Item[]) => Html,
): Html | undefined {
  if (limit === undefined || items.length <= limit) return undefined;
  const folded = items.slice(limit, limit + MOST_FOLDED);
  const left = items.length - limit - folded.length;
  return html`<details class="rest"><summary>${counted(folded.length, 'more', 'more')}</summary>${show(folded)}</details><p class="where">${
    left > 0 && html`<span>${counted(left, 'more is', 'more are')} not shown here.</span>`
  }${file !== undefined && files.has(file) && html` <span>All of them: ${fileHtml(file, files)}</span>`}</p>`;
}

/** Tables beside a chart have half the width. */
const MOST_BESIDE_A_CHART = 4;

function rowsHtml(block: TableBlock, rows: TableBlock['rows'], title: string): Html {
  const { columns } = block;
  const numeric = columns.map(({ format }) => format !== 'text');
  return html`<div class="scroll" role="group" aria-label="${title}" tabindex="0"><table><thead><tr>${columns.map(
    ({ label }, index) => html`<th scope="col"${numeric[index] && html` class="number"`}>${label}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map(
        ({ format }, index) =>
          html`<td${numeric[index] && html` class="number"`}>${cellHtml(row[index], format)}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

function tableBlockHtml(block: TableBlock, title: string, { files, tables }: Surroundings): Html {
  const rows = block.fromEnd ? block.rows.toReversed() : block.rows;
  const everywhere = block.isFile ? tables.get(block.file ?? '') : undefined;
  // Every row stands once: here, or in the table further down that can be searched.
  const limit = block.isFile && everywhere === undefined ? rows.length : (block.limit ?? rows.length);
  const shown = rowsHtml(block, rows.slice(0, limit), block.chart?.title ?? title);
  const more =
    everywhere === undefined
      ? rest({ ...block, limit }, rows, files, (hidden) => rowsHtml(block, hidden, `${title}, more`))
      : rows.length > limit &&
        html`<p class="where"><a href="#${everywhere}">All ${count(rows.length)}</a></p>`;
  const picture = block.chart && chart({ ...block, chart: block.chart });
  const isWide = block.columns.length > MOST_BESIDE_A_CHART;
  return picture
    ? html`<div class="charted${isWide && ' stacked'}">${picture}<div>${shown}${more}</div></div>`
    : html`<div>${shown}${more}</div>`;
}

function blockHtml(block: Block, title: string, surroundings: Surroundings): Html {
  const { files } = surroundings;
  switch (block.kind) {
    case 'text':
      return html`<p>${textHtml(block.text, files)}</p>`;
    case 'list': {
      const list = (items: readonly Text[]) =>
        html`<ul>${items.map((item) => html`<li>${textHtml(item, files)}</li>`)}</ul>`;
      return html`${list(block.items.slice(0, block.limit))}${rest(block, block.items, files, list)}`;
    }
    case 'callout':
      return calloutHtml(block.level, CALLOUTS[block.level], textHtml(block.text, files));
    case 'figures':
      return figuresHtml(block.figures);
    case 'table':
      return tableBlockHtml(block, title, surroundings);
  }
}

/** `report` is the title of its report, which names a section without a title of its own. */
export function sectionHtml(
  { title, blocks, collapsed, conclusion }: Section,
  report: string,
  surroundings: Surroundings,
): Html {
  const content = html`${blocks.map((block) => blockHtml(block, title || report, surroundings))}`;
  return collapsed
    ? html`<details class="section"><summary><h3>${title}</h3>${
        conclusion !== undefined && html` <span class="conclusion">${textHtml(conclusion)}</span>`
      }</summary>${content}</details>`
    : html`<section class="section">${title && html`<h3>${title}</h3>`}${content}</section>`;
}

/** Sections and their blocks, as a reader without JavaScript sees them too. */

import { counted } from '../../common/words.ts';
import type { Block, Figure, Section, TableBlock, Text } from '../../reports/report.ts';
import { UNKNOWN } from '../format.ts';
import { chart } from './chart.ts';
import { cellHtml, type Html, html, numberText, textHtml } from './markup.ts';

const CALLOUTS = { note: 'Note', warning: 'Warning', caution: 'Caution' } as const;
const MOST_FOLDED = 500;

function figure({ label, value, format, hint, tone }: Figure): Html {
  const text = typeof value === 'number' ? numberText(value, format) : (value ?? UNKNOWN);
  return html`<div class="figure${tone && ` ${tone}`}"><dt>${label}</dt><dd class="value">${text}</dd>${
    hint && html`<dd class="hint">${hint}</dd>`
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
  show: (items: readonly Item[]) => Html,
): Html | undefined {
  if (limit === undefined || items.length <= limit) return undefined;
  const folded = items.slice(limit, limit + MOST_FOLDED);
  const left = items.length - limit - folded.length;
  return html`<details class="rest"><summary>${counted(folded.length, 'more', 'more')}</summary>${show(folded)}</details><p class="where">${
    left > 0 && html`<span>${counted(left, 'more is', 'more are')} not shown here.</span>`
  }${file && html` <span>All of them: <code>${file}</code></span>`}</p>`;
}

function tableHtml(block: TableBlock, rows: TableBlock['rows'], title: string): Html {
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

function tableBlockHtml(block: TableBlock, title: string): Html {
  const rows = block.fromEnd ? block.rows.toReversed() : block.rows;
  const shown = tableHtml(block, rows.slice(0, block.limit), block.chart?.title ?? title);
  const more = rest(block, rows, (rows) => tableHtml(block, rows, `${title}, more`));
  const picture = block.chart && chart({ ...block, chart: block.chart });
  return picture
    ? html`<div class="charted">${picture}<div>${shown}${more}</div></div>`
    : html`<div>${shown}${more}</div>`;
}

function blockHtml(block: Block, title: string): Html {
  switch (block.kind) {
    case 'text':
      return html`<p>${textHtml(block.text)}</p>`;
    case 'list': {
      const list = (items: readonly Text[]) =>
        html`<ul>${items.map((item) => html`<li>${textHtml(item)}</li>`)}</ul>`;
      return html`${list(block.items.slice(0, block.limit))}${rest(block, block.items, list)}`;
    }
    case 'callout':
      return calloutHtml(block.level, CALLOUTS[block.level], textHtml(block.text));
    case 'figures':
      return figuresHtml(block.figures);
    case 'table':
      return tableBlockHtml(block, title);
  }
}

/** `report` is the title of its report, which names a section without a title of its own. */
export function sectionHtml({ title, blocks, collapsed, conclusion }: Section, report: string): Html {
  const content = html`${blocks.map((block) => blockHtml(block, title || report))}`;
  return collapsed
    ? html`<details class="section"><summary><h3>${title}</h3>${
        conclusion !== undefined && html` <span class="conclusion">${textHtml(conclusion)}</span>`
      }</summary>${content}</details>`
    : html`<section class="section">${title && html`<h3>${title}</h3>`}${content}</section>`;
}

/** How values of a report read on the page. */
import type { Cell, Format, Inline, Text } from '../../reports/report.ts';
import { AN_ACCOUNT, formatNumber, isNamed, UNKNOWN } from '../format.ts';
import { type Html, html } from './markup.ts';

/** No line break between a number and its unit. */
const NBSP = '\u00a0';

/** 1,234 · 12.5 % · 3 days · $1,234.56, with a real minus sign. */
export const numberText = (value: number, format: Format): string =>
  formatNumber(value, format).replace('-', '−').replace(' ', NBSP);

function inline(part: Inline): Html {
  if (typeof part === 'string') return html`${part}`;
  if ('code' in part) return html`<code>${part.code}</code>`;
  if ('strong' in part) return html`<strong>${part.strong}</strong>`;
  if ('repository' in part) return html`${part.repository}`;
  if ('freeText' in part) return html`${part.freeText}`;
  if ('person' in part && !isNamed(part.person)) return html`${AN_ACCOUNT}`;
  if ('person' in part) return html`<span class="person">@${part.person}</span>`;
  return /^https?:\/\//i.test(part.link)
    ? html`<a href="${part.link}" rel="noreferrer">${part.text}</a>`
    : html`${part.text}`;
}

const isList = (text: Text): text is readonly Inline[] => Array.isArray(text);

export function textHtml(text: Text): Html {
  return isList(text) ? html`${text.map(inline)}` : inline(text);
}

export function cellHtml(cell: Cell, format: Format): Html {
  if (cell === undefined || cell === '') return html`${UNKNOWN}`;
  return typeof cell === 'number' ? html`${numberText(cell, format)}` : textHtml(cell);
}

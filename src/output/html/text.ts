/** How values of a report read on the page. */
import type { Cell, Format, Inline, Text } from '../../reports/report.ts';
import { type Html, html } from './markup.ts';

/** An unknown value. */
export const UNKNOWN = '–';

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
/** No line break between a number and its unit. */
const NBSP = '\u00a0';
const UNITS: Partial<Record<Format, readonly [one: string, many: string]>> = {
  percent: ['%', '%'],
  days: ['day', 'days'],
  minutes: ['minute', 'minutes'],
  gigabytes: ['GB', 'GB'],
};

/** 1,234 · 12.5 % · 3 days · $1,234.56, with a real minus sign. */
export function numberText(value: number, format: Format): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const unit = UNITS[format];
  const number = (format === 'usd' ? dollars : plain).format(value).replace('-', '−');
  return unit ? `${number}${NBSP}${value === 1 ? unit[0] : unit[1]}` : number;
}

function inline(part: Inline): Html {
  if (typeof part === 'string') return html`${part}`;
  if ('code' in part) return html`<code>${part.code}</code>`;
  if ('strong' in part) return html`<strong>${part.strong}</strong>`;
  if ('person' in part) return html`<span class="person">@${part.person}</span>`;
  return /^https?:\/\//i.test(part.link)
    ? html`<a href="${part.link}" rel="noreferrer">${part.text}</a>`
    : html`${part.text}`;
}

const isList = (text: Text): text is readonly Inline[] => Array.isArray(text);

export function textHtml(text: Text): Html {
  return isList(text) ? html`${text.map(inline)}` : inline(text);
}

/** Without markup, for labels of charts. */
export function textPlain(text: Text): string {
  const one = (part: Inline): string => {
    if (typeof part === 'string') return part;
    if ('code' in part) return part.code;
    if ('strong' in part) return part.strong;
    return 'person' in part ? part.person : part.text;
  };
  return isList(text) ? text.map(one).join('') : one(text);
}

export function cellHtml(cell: Cell, format: Format): Html {
  if (cell === undefined || cell === '') return html`${UNKNOWN}`;
  return typeof cell === 'number' ? html`${numberText(cell, format)}` : textHtml(cell);
}

export function cellPlain(cell: Cell, format: Format): string {
  if (cell === undefined) return UNKNOWN;
  return typeof cell === 'number' ? numberText(cell, format) : textPlain(cell);
}

/**
 * HTML that is safe by construction: every value put into an `html` template is escaped unless it is Html itself. And how
 * values of a report read on the page.
 */
import { unmasked } from '../../common/text.ts';
import type { Cell, Format, Inline, Text } from '../../reports/report.ts';
import { AN_ACCOUNT, formatNumber, isNamed, UNKNOWN } from '../format.ts';

export interface Html {
  readonly html: string;
}

type Content = Html | string | number | undefined | false | readonly Content[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for quoted attributes. Characters that hide or reorder text, or no HTML may hold, become U+FFFD. */
export function escapeHtml(text: string): string {
  return unmasked(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

function text(value: Content): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'object') return 'html' in value ? value.html : value.map(text).join('');
  return escapeHtml(String(value));
}

/** `undefined` and `false` are nothing; arrays follow each other. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { html: String.raw({ raw: strings }, ...values.map(text)) };
}

/** JSON for a `<script type="application/json">`: nothing in it can end the element or start a comment. */
export function jsonScript(value: unknown): Html {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { html: json };
}

/* ── Values of a report ──────────────────────────────────────────────────────────────────────────────────────── */

/** No line break between a number and its unit. */
const NBSP = '\u00a0';

/** 1,234 · 12.5 % · 3 days · $1,234.56, with a real minus sign. */
export const numberText = (value: number, format: Format): string =>
  formatNumber(value, format).replace('-', '−').replace(' ', NBSP);

/** The same for sentences: 12.5 % · 30 days. */
const kept = (text: string): string =>
  text.replace(
    /(?<=\d) (?=(?:%|GB|(?:day|minute|hour|seat|license|user|row|month)s?|people|person)(?![\p{L}\p{N}]))/gu,
    NBSP,
  );

/** `files`: those that lie beside the page. */
export const fileHtml = (name: string, files: ReadonlySet<string>): Html =>
  files.has(name)
    ? html`<a href="./${encodeURIComponent(name)}"><code>${name}</code></a>`
    : html`<code>${name}</code>`;

const NO_FILES: ReadonlySet<string> = new Set();

function inline(part: Inline, files: ReadonlySet<string>): Html {
  if (typeof part === 'string') return html`${kept(part)}`;
  if ('code' in part) return fileHtml(part.code, files);
  if ('strong' in part) return html`<strong>${kept(part.strong)}</strong>`;
  if ('repository' in part) return html`${part.repository}`;
  if ('freeText' in part) return html`${part.freeText}`;
  if ('person' in part && !isNamed(part.person)) return html`${AN_ACCOUNT}`;
  if ('person' in part) return html`<span class="person">@${part.person}</span>`;
  return /^https?:\/\//i.test(part.link)
    ? html`<a href="${part.link}" rel="noreferrer">${part.text}</a>`
    : html`${part.text}`;
}

const isList = (text: Text): text is readonly Inline[] => Array.isArray(text);

/** Names of `files` in it are links to them. */
export function textHtml(text: Text, files = NO_FILES): Html {
  return isList(text) ? html`${text.map((part) => inline(part, files))}` : inline(text, files);
}

export function cellHtml(cell: Cell, format: Format): Html {
  if (cell === undefined || cell === '') return html`${UNKNOWN}`;
  return typeof cell === 'number' ? html`${numberText(cell, format)}` : textHtml(cell);
}

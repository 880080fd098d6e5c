/**
 * Text as GitHub-flavoured Markdown that reads as it was and does nothing: no markup, no HTML, no link, no mention,
 * no reference, no emoji, no formula.
 */

import { shorten, visible } from '../common/text.ts';
import type { Inline, Text } from '../reports/report.ts';
import { AN_ACCOUNT, isNamed } from './format.ts';

/** Characters of one text, unless its place says otherwise: a longer one helps no reader. */
const LONG = 1000;

/**
 * What GitHub turns into a link, an emoji or a formula after Markdown has been read, so that neither a backslash nor
 * an entity stops it. An element around a part of it does, and unlike an invisible mark it is not copied along:
 * mentions and emails, issue numbers, commit SHAs, advisories, URLs, `:emoji:` and `$formulas$`.
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 */
const LINKED = /[@#$]|:(?=\/\/|[\w+-]+:)|(?<=www)\.|(?<=\b(?:GH|GHSA|CVE))-|\b[0-9a-f]{7,40}\b/i;
const MARKUP = /[\\`*_[\]~]|!$/;
const HTML = /[&<>|]/;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };

const either = (...kinds: string[]): RegExp => new RegExp(kinds.join('|'), 'gi');
const linked = `(?<linked>${LINKED.source})`;
const html = `(?<html>${HTML.source})`;
const SPECIAL = either(linked, `(?<markup>${MARKUP.source})`, html);
const SPECIAL_IN_HTML = either(linked, html);

function escapeWith(special: RegExp, text: string): string {
  return text.replace(special, (match, ...rest) => {
    const kinds: Record<string, string | undefined> = rest.at(-1);
    // A commit SHA has seven digits at least.
    if (kinds.linked !== undefined) return match.replace(/.{1,6}/g, '<span>$&</span>');
    return kinds.markup === undefined ? (ENTITIES[match] ?? match) : `\\${match}`;
  });
}

/** For the content of an HTML element, where Markdown is not read. */
export const elementText = (text: string): string =>
  escapeWith(SPECIAL_IN_HTML, shorten(visible(text), LONG));

/** One line of Markdown; `length` bounds each of its pieces. */
export function markdownText(text: Text, length = LONG): string {
  const pieces: readonly Inline[] = Array.isArray(text) ? text : [text];
  return atLineStart(joined(pieces.map((piece) => inline(piece, length))).trim());
}

/** Two backticks that meet would be one longer fence. */
const joined = (pieces: readonly string[]): string =>
  pieces.reduce(
    (text, piece) => (text.endsWith('`') && piece.startsWith('`') ? `${text}<!-- -->${piece}` : text + piece),
    '',
  );

/** A character that begins a list, a heading or a rule at the start of a line, and nothing elsewhere. */
const atLineStart = (markdown: string): string => markdown.replace(/^(\d*)([-+=.)])(?=[\s=+-]|$)/, '$1\\$2');

function inline(piece: Inline, length: number): string {
  const escaped = (text: string) => escapeWith(SPECIAL, shorten(text, length));
  if (typeof piece === 'string') return spaced(piece, escaped);
  if ('link' in piece) return link(piece.link, escaped(visible(piece.text)));
  if ('repository' in piece) return spaced(piece.repository, escaped);
  if ('freeText' in piece) return spaced(piece.freeText, escaped);
  if ('strong' in piece) return spaced(piece.strong, (text) => `<strong>${escaped(text)}</strong>`);
  if ('person' in piece && !isNamed(piece.person)) return AN_ACCOUNT;
  const code = shorten(visible('code' in piece ? piece.code : piece.person), length);
  // Backticks read better in the source; anything unusual takes the element, in which escapes work.
  return /^[\w./:= -]*\w$/.test(code) ? `\`${code}\`` : `<code>${escaped(code)}</code>`;
}

/** Spaces at the ends of a piece separate it from its neighbours, and stay outside of its markup. */
function spaced(text: string, write: (text: string) => string): string {
  const start = /^\s/.test(text) ? ' ' : '';
  const end = start !== text && /\s$/.test(text) ? ' ' : '';
  return `${start}${write(visible(text))}${end}`;
}

/** A link to the web; anything else is only its text. */
function link(target: string, text: string): string {
  if (!URL.canParse(target)) return text;
  const { protocol, href } = new URL(target);
  if (protocol !== 'https:' && protocol !== 'http:') return text;
  const url = href.replace(
    /[()[\]\\|<>$`*_~"']/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${text}](${url.replaceAll('&', '&amp;')})`;
}

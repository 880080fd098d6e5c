/** HTML that is safe by construction: every value put into an `html` template is escaped unless it is Html itself. */
import { unmasked } from '../../common/text.ts';

export interface Html {
  readonly html: string;
}

type Value = Html | string | number | undefined | false | readonly Value[];

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

function text(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'object') return 'html' in value ? value.html : value.map(text).join('');
  return escapeHtml(String(value));
}

/** `undefined` and `false` are nothing; arrays follow each other. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
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

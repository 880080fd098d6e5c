/**
 * Text from outside, fit to be read: nothing in it hides, reorders or goes on for pages. Escaping is each writer's own
 * business. Needs neither Node.js nor a DOM.
 */

/**
 * Control, zero-width and right-to-left marks and halves of characters, but for line ends and tabs. A zero-width joiner
 * between two pictographs makes one emoji of them, and is the one invisible mark that stays.
 */
const HIDDEN =
  /\u200D(?:(?<!\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?\u200D)|(?!\p{Extended_Pictographic}))|(?![\t\n\r\u200D])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** With `�` for what would hide or reorder text, and otherwise as it came. */
export const unmasked = (text: string): string => text.replace(HIDDEN, '\uFFFD');

/** On one line, with `�` for what would hide or reorder text. */
export const visible = (text: string): string => unmasked(text.replace(/\s+/g, ' ').trim());

/** On one line, without what would hide or reorder text, and at most `length` characters. */
export const oneLine = (text: string, length: number): string =>
  shorten(text.replace(HIDDEN, ' ').replace(/\s+/g, ' ').trim(), length);

/** In quotes on one line, at most 100 characters, with what hides or reorders text written out: `"a\u202eb"`. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text, 100)).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) => {
    const code = (mark.codePointAt(0) as number).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** At most `length` characters, with an ellipsis when something is missing. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = Array.from(text.slice(0, 2 * length + 2));
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

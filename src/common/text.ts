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

/**
 * What cannot be seen, or be told from a space or a hyphen: all spaces but the plain one, control and format
 * characters, fillers, and two hyphens that are not the keyboard's.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u2010\u2011]|(?! )\p{Zs}/gu;

/** Those in the text, each once and by name, such as `U+00A0`; line ends and tabs aside. */
export const invisible = (text: string): string[] => [
  ...new Set(
    text
      .replaceAll(/[\n\r\t]/g, '')
      .match(INVISIBLE)
      ?.map(codePoint),
  ),
];

/** With plain spaces and hyphens for those that look alike, and without what looks like nothing. */
export const withoutInvisible = (text: string): string =>
  text
    .replace(/\s/g, ' ')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(INVISIBLE, '');

/** With what cannot be seen written out, line ends and tabs aside: `a<U+202E>b`. */
export const withInvisible = (text: string): string =>
  text.replace(INVISIBLE, (mark) => (/[\n\r\t]/.test(mark) ? mark : `<${codePoint(mark)}>`));

/** In quotes on one line, at most 100 characters, with what cannot be seen written out: `"a<U+202E>b"`. */
export const quote = (text: string): string => JSON.stringify(withInvisible(shorten(text, 100)));

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;

/** At most `length` characters, without the middle: names that begin alike stay apart. */
export function shortenMiddle(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${characters.slice(0, length - 1 - end).join('')}…${characters.slice(-end).join('')}`;
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

/* ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/** Logins, hosts, organizations and emails are the same in any case. */
export const fold = (text: string): string => text.trim().toLowerCase();

/** Alphabetical order by code unit, the same on every machine: for `sort`. */
export const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

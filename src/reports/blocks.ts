/** Pieces that the sections of all reports are made of. */
import type { Block, Cell, Format, Inline, Section, TableBlock, Text } from './report.ts';

export const text = (...pieces: readonly Inline[]): Block => ({ kind: 'text', text: pieces });

export const callout = (level: 'note' | 'tip' | 'warning' | 'caution', content: Text): Block => ({
  kind: 'callout',
  level,
  text: content,
});

/** `columns`: label → format, from left to right. */
export const table = (
  columns: Readonly<Record<string, Format>>,
  rows: readonly (readonly Cell[])[],
  options: Omit<TableBlock, 'kind' | 'columns' | 'rows'> = {},
): TableBlock => ({
  kind: 'table',
  columns: Object.entries(columns).map(([label, format]) => ({ label, format })),
  rows,
  ...options,
});

/** A section, unless it has nothing to say. */
export const section = (title: string, blocks: readonly Block[], collapsed = false): Section[] =>
  blocks.length === 0 ? [] : [{ title, blocks, ...(collapsed && { collapsed }) }];

/** People whom one list of the summary names. */
const SHOWN = 10;

/**
 * The logins of people on whom someone has to act, ten at most, and where the others are. Those without a login are
 * counted only: nothing else about a person may be shown. `people` is not empty.
 */
export function namedPeople(
  people: readonly { readonly github_com_login: string }[],
  file: string,
): readonly Inline[] {
  const shown = people.flatMap(({ github_com_login: login }) => (login ? [login] : [])).slice(0, SHOWN);
  const names = shown.flatMap((login, index): Inline[] => [...(index > 0 ? [', '] : []), { person: login }]);
  const hidden = people.length - shown.length;
  if (hidden === 0) return names;
  if (shown.length === 0) return [`${hidden}, listed in `, { code: file }];
  return [...names, ` and ${hidden} more in `, { code: file }];
}

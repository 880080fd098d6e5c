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

/** Pieces that the sections of this report share. */
import type { Block, Cell, Chart, Inline, Section, TableBlock, Text } from '../report.ts';
import type { Row } from './costs.ts';
import { cents } from './money.ts';

export const DOCS = 'https://docs.github.com/enterprise-cloud@latest';

export const text = (...pieces: readonly Inline[]): Block => ({ kind: 'text', text: pieces });

export const callout = (level: 'note' | 'tip' | 'warning' | 'caution', content: Text): Block => ({
  kind: 'callout',
  level,
  text: content,
});

/** A section, unless it has nothing to say. */
export const section = (title: string, blocks: readonly Block[], collapsed = false): Section[] =>
  blocks.length === 0 ? [] : [{ title, blocks, ...(collapsed && { collapsed }) }];

/** Money by something, with columns for gross, discount and net. */
export function moneyTable(
  label: string,
  rows: readonly Row[],
  options: {
    readonly limit?: number;
    readonly file?: string;
    readonly chart?: Pick<Chart, 'type' | 'title'>;
    readonly cell?: (label: string) => Cell;
  } = {},
): TableBlock {
  const { limit, file, chart, cell = (name) => name } = options;
  return {
    kind: 'table',
    columns: [
      { label, format: 'text' },
      { label: 'Gross', format: 'usd' },
      { label: 'Discount', format: 'usd' },
      { label: 'Net', format: 'usd' },
    ],
    rows: rows.map(({ label: name, money }) => [
      cell(name),
      cents(money.gross),
      cents(money.discount),
      cents(money.net),
    ]),
    ...(limit !== undefined && { limit }),
    ...(file !== undefined && { file }),
    ...(chart && rows.some((row) => row.money.net.gt(0)) && { chart: { ...chart, x: 0, y: 3 } }),
  };
}

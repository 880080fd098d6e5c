/** Pieces that the sections of this report share. */
import { table } from '../blocks.ts';
import type { Cell, Chart, TableBlock } from '../report.ts';
import type { Row } from './costs.ts';
import { cents } from './money.ts';

export const DOCS = 'https://docs.github.com/enterprise-cloud@latest';

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
  return table(
    { [label]: 'text', Gross: 'usd', Discount: 'usd', Net: 'usd' },
    rows.map(({ label: name, money }) => [
      cell(name),
      cents(money.gross),
      cents(money.discount),
      cents(money.net),
    ]),
    {
      ...(limit !== undefined && { limit }),
      ...(file !== undefined && { file }),
      ...(chart && rows.some((row) => row.money.net.gt(0)) && { chart: { ...chart, x: 0, y: 3 } }),
    },
  );
}

/** Rows as a Markdown table, which a terminal shows as well. */
import { type Bound, type Comparison, isMet, type Row, resultOf, type Sample, type Unit } from './row.ts';

const COLUMNS = ['measured', '', 'floor or baseline', '', 'result', 'goal', 'met', 'peak memory'];
const SIGNS = { 'at most': '≤', 'at least': '≥', exactly: '=' } as const satisfies Record<Bound, string>;

/** Medians, and in brackets the fastest runs where they differ. */
export function table(rows: readonly Row[]): string {
  const lines = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) =>
    `| ${widths.map((width, column) => (line[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = format(widths.map((width) => '-'.repeat(width)));
  return [format(COLUMNS), rule, ...lines.slice(1).map(format)].join('\n');
}

function cells(row: Row): string[] {
  const { what, unit, measured, reference, as = 'alone', goal, peak } = row;
  const result = resultOf(row);
  const met = isMet(row);
  return [
    what,
    both(measured, (value) => quantity(value, unit)),
    reference?.what ?? '',
    reference ? both(reference.measured, (value) => quantity(value, unit)) : '',
    result ? both(result, (value) => compared(as, value, unit)) : '',
    goal ? `${SIGNS[goal.bound]} ${compared(as, goal.value, unit)}` : '',
    met === undefined ? '' : met ? 'yes' : 'no',
    peak === undefined ? '' : quantity(peak, 'MiB'),
  ];
}

function both({ median, least }: Sample, format: (value: number) => string): string {
  const [usual, fastest] = [format(median), format(least)];
  return usual === fastest ? usual : `${usual} (${fastest})`;
}

function compared(as: Comparison, value: number, unit: Unit): string {
  switch (as) {
    case 'times':
    case 'faster':
      return `${Number(value.toFixed(2))} ×`;
    case 'percent':
      return `${Number(value.toFixed(1))} %`;
    case 'more':
      return `+${quantity(value, unit)}`;
    case 'alone':
      return quantity(value, unit);
  }
}

function quantity(value: number, unit: Unit): string {
  if (unit === 'ms' && value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  const digits = value.toLocaleString('en-US', { maximumFractionDigits: 0 });
  return unit === 'ms' || unit === 'MiB' ? `${digits} ${unit}` : digits;
}

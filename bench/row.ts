/** What a benchmark hands back: one measurement beside what it is held against. */
export interface Row {
  /** What was measured, such as `100,000 seats at 0 ms, CSV and JSON written`. */
  readonly what: string;
  readonly unit: Unit;
  readonly measured: Sample;
  /** The floor or baseline of the same run; absent where the value stands alone. */
  readonly reference?: { readonly what: string; readonly measured: Sample };
  /** How the two are compared; absent where there is nothing to compare. */
  readonly as?: Comparison;
  readonly goal?: { readonly bound: Bound; readonly value: number };
  /** The most memory that the action's process held, MiB. */
  readonly peak?: number;
}

export type Unit = 'ms' | 'MiB' | 'requests' | 'reports' | 'people';

/**
 * `times`: measured ÷ reference. `faster`: reference ÷ measured. `more`: measured − reference. `percent`: of the
 * reference. `alone`: what was measured.
 */
export type Comparison = 'times' | 'faster' | 'more' | 'percent' | 'alone';

export type Bound = 'at most' | 'at least' | 'exactly';

/** What several runs came to; the median counts, and the least shows how much of it is the machine's noise. */
export interface Sample {
  readonly median: number;
  readonly least: number;
}

/** Told on standard error while it goes. */
export type Tell = (line: string) => void;

export interface Options {
  /** How often what is short is repeated. */
  readonly repeat: number;
}

export type Benchmark = (tell: Tell, options: Options) => Promise<readonly Row[]>;

export function sample(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? Number.NaN);
  return { median: (lower + upper) / 2, least: sorted[0] ?? Number.NaN };
}

/** Measured once. */
export const once = (value: number): Sample => ({ median: value, least: value });

/** The row's medians compared, and its least values; `undefined` where there is nothing to compare. */
export function resultOf({ measured, reference, as }: Row): Sample | undefined {
  if (as === undefined) return undefined;
  const result = (kind: keyof Sample) => compare(as, measured[kind], reference?.measured[kind] ?? Number.NaN);
  return { median: result('median'), least: result('least') };
}

function compare(as: Comparison, value: number, reference: number): number {
  switch (as) {
    case 'times':
      return value / reference;
    case 'faster':
      return reference / value;
    case 'more':
      return value - reference;
    case 'percent':
      return (100 * value) / reference;
    case 'alone':
      return value;
  }
}

/** Whether the medians are where they should be; `undefined` where nothing is expected of them. */
export function isMet(row: Row): boolean | undefined {
  const value = resultOf(row)?.median;
  if (row.goal === undefined || value === undefined) return undefined;
  switch (row.goal.bound) {
    case 'at most':
      return value <= row.goal.value;
    case 'at least':
      return value >= row.goal.value;
    case 'exactly':
      return value === row.goal.value;
  }
}

/** Runs one after the other, never at the same time. */
export async function times<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < count; index += 1) results.push(await run());
  return results;
}

/* ── As a table ──────────────────────────────────────────────────────────────────────────────────────────────── */

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

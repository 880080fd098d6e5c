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

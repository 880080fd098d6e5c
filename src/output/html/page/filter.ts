/** What the reader types, as a test of values. */
import { type ColumnKind, foldText, type Value, valueText } from '../shared.ts';

/** `is`: this text in any case, '' being an empty cell; `has`: containing it, or `> 5` for amounts. */
export type Filter = { readonly is: string } | { readonly has: string };

const COMPARISON = /^\s*(>=|<=|>|<|=)\s*([-−]?\d+(?:\.\d+)?)\s*$/;
const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
};

/** Every word has to occur, in any order and case. */
export function words(search: string): readonly string[] {
  return foldText(search).split(/\s+/).filter(Boolean);
}

export function predicate(filter: Filter, kind: ColumnKind): (value: Value) => boolean {
  if ('is' in filter) {
    const wanted = foldText(filter.is);
    return (value) => foldText(valueText(value, kind)) === wanted;
  }
  const [, operator = '', bound = ''] = COMPARISON.exec(filter.has) ?? [];
  const compare = COMPARE[operator];
  if (compare && (kind === 'number' || kind === 'id')) {
    const limit = Number(bound.replace('−', '-'));
    return (value) => typeof value === 'number' && compare(value, limit);
  }
  const wanted = words(filter.has);
  return (value) => {
    // 1234 is found as it is written and as it is shown: 1,234.
    const text = `${typeof value === 'number' ? `${value} ` : ''}${foldText(valueText(value, kind))}`;
    return wanted.every((word) => text.includes(word));
  };
}

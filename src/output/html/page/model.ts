/** Search, filters, order and pages of a table: TanStack Table set up for rows of plain values. */
import {
  columnFilteringFeature,
  columnVisibilityFeature,
  constructTable,
  createPaginatedRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  type RowModel,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
  tableMemo,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';
import { foldText, type Head, PAGE_SIZE, type Value } from '../shared.ts';
import { type Filter, predicate, words } from './filter.ts';
import type { Row } from './rows.ts';

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowPaginationFeature,
  rowSortingFeature,
  filteredRowModel: matchingRows,
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

/**
 * In the place of `createFilteredRowModel`, which notes the outcome of every filter on every row for features that are
 * not used here: with 100,000 rows that takes several times as long as the filters themselves.
 */
// biome-ignore lint/suspicious/noExplicitAny: as the slot is typed
function matchingRows(table: any): () => RowModel<any, Row> {
  return tableMemo({
    feature: 'columnFilteringFeature',
    table,
    fnName: 'table.getFilteredRowModel',
    memoDeps: () => [
      table.getPreFilteredRowModel(),
      table.atoms.columnFilters.get(),
      table.atoms.globalFilter.get(),
    ],
    // biome-ignore lint/suspicious/noExplicitAny: as the slot is typed
    fn: (all: RowModel<any, Row>, filters: readonly { id: string; value: Filter }[], search = '') => {
      const head: Head = table.options.meta;
      const wanted = words(search);
      const tests = filters.map(({ id, value }) => {
        const index = Number(id);
        const test = predicate(value, head.columns[index]?.kind ?? 'text');
        return ({ cells }: Row) => test(cells[index] ?? null);
      });
      if (wanted.length === 0 && tests.length === 0) return all;
      const rows = all.rows.filter(
        ({ original }) =>
          wanted.every((word) => original.text.includes(word)) && tests.every((test) => test(original)),
      );
      return { rows, flatRows: rows, rowsById: all.rowsById };
    },
  });
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

type Filled = Exclude<Value, null>;

/** Numbers, then flags, then text; never an empty cell, which is always last. */
function compare(a: Filled, b: Filled): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  if (typeof a === typeof b) return Number(a) - Number(b);
  return collator.compare(typeof a, typeof b);
}

export type Model = ReturnType<typeof makeModel>;

/** Columns are named by their index: names of columns come from elsewhere and might not be unique. */
export function makeModel(head: Head, rows: readonly Row[]) {
  return constructTable({
    features,
    data: rows,
    meta: head,
    columns: head.columns.map((_, index) => ({
      id: String(index),
      accessorFn: (row: Row) => row.cells[index] ?? undefined,
      sortUndefined: 'last' as const,
      sortDescFirst: false,
      sortFn: (a: { original: Row }, b: { original: Row }) =>
        compare(a.original.cells[index] as Filled, b.original.cells[index] as Filled),
    })),
    autoResetAll: false,
    initialState: {
      pagination: { pageIndex: 0, pageSize: PAGE_SIZE },
      columnVisibility: Object.fromEntries(
        head.columns.flatMap(({ shown }, index) => (shown ? [] : [[String(index), false]])),
      ),
    },
  });
}

/** The values of a column, those alike but for their case once, when they are so few that choosing beats typing. */
export function choices(rows: readonly Row[], index: number, most = 12): readonly Value[] | undefined {
  const values = new Map<Value, Value>();
  for (const { cells } of rows) {
    const value = cells[index] ?? null;
    const key = typeof value === 'string' ? foldText(value) : value;
    if (!values.has(key)) values.set(key, value);
    if (values.size > most) return undefined;
  }
  const filled = [...values.values()].filter((value) => value !== null).sort(compare);
  return values.has(null) ? [...filled, null] : filled;
}

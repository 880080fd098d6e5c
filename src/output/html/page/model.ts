/** Search, filters, order and pages of a table: TanStack Table set up for rows of plain values. */
import {
  columnFilteringFeature,
  columnVisibilityFeature,
  constructTable,
  createFilteredRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';
import { type Head, PAGE_SIZE, type Value } from '../shared.ts';
import { type Filter, predicate, words } from './filter.ts';
import type { Row } from './rows.ts';

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowPaginationFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Numbers, then flags, then text; never an empty cell, which is always last. */
function compare(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  if (typeof a === typeof b) return Number(a) - Number(b);
  return collator.compare(typeof a, typeof b);
}

export type Model = ReturnType<typeof makeModel>;

/** Columns are named by their index: names of columns come from elsewhere and might not be unique. */
export function makeModel(head: Head, rows: readonly Row[]) {
  const columns = head.columns.map((column, index) => ({
    id: String(index),
    accessorFn: (row: Row) => row.cells[index] ?? undefined,
    sortUndefined: 'last' as const,
    sortDescFirst: false,
    // The whole row's text is searched once, not column by column.
    enableGlobalFilter: index === 0,
    sortFn: Object.assign(
      (a: { original: Row }, b: { original: Row }) =>
        compare(
          a.original.cells[index] as Exclude<Value, null>,
          b.original.cells[index] as Exclude<Value, null>,
        ),
      {},
    ),
    filterFn: Object.assign(
      (row: { original: Row }, _id: string, test: (value: Value) => boolean) =>
        test(row.original.cells[index] ?? null),
      { resolveFilterValue: (filter: Filter) => predicate(filter, column.kind) },
    ),
  }));
  return constructTable({
    features,
    data: rows,
    columns,
    autoResetAll: false,
    globalFilterFn: Object.assign(
      (row: { original: Row }, _id: string, wanted: readonly string[]) =>
        wanted.every((word) => row.original.text.includes(word)),
      { resolveFilterValue: words },
    ),
    getColumnCanGlobalFilter: (column) => column.id === '0',
    initialState: {
      pagination: { pageIndex: 0, pageSize: PAGE_SIZE },
      columnVisibility: Object.fromEntries(
        head.columns.flatMap(({ empty }, index) => (empty ? [[String(index), false]] : [])),
      ),
    },
  });
}

/** The values of a column, when they are so few that choosing beats typing. */
export function choices(rows: readonly Row[], index: number, most = 12): readonly Value[] | undefined {
  const values = new Set<Value>();
  for (const { cells } of rows) {
    values.add(cells[index] ?? null);
    if (values.size > most) return undefined;
  }
  const filled = [...values].filter((value) => value !== null).sort(compare);
  return values.has(null) ? [...filled, null] : filled;
}

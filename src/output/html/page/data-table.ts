/** A table under the reader's control: search, filters by column, order, columns, pages. */
import { count, type Head, type HeadColumn, type Value, valueText } from '../shared.ts';
import { element } from './element.ts';
import type { Filter } from './filter.ts';
import { choices, type Model, makeModel } from './model.ts';
import type { Row } from './rows.ts';

const PAGE_SIZES = [25, 50, 100, 250];
const EMPTY = '(empty)';

/** Takes over the rows that the page came with. */
export function showTable(section: HTMLElement, head: Head, rows: readonly Row[]): void {
  const model = makeModel(head, rows);
  const table = section.querySelector('table');
  const scroll = section.querySelector('.scroll');
  const range = section.querySelector('.range');
  if (!table || !scroll || !range) throw new Error('the table is not in the page');

  const filters = new Map<number, Filter>();
  const status = element('p', { class: 'status', role: 'status' });
  const controls: Controls = {
    change: (update) => {
      update();
      render();
    },
    changeFilters: () => {
      model.setColumnFilters([...filters].map(([index, value]) => ({ id: String(index), value })));
      model.setPageIndex(0);
      render();
    },
    changeColumns: () => {
      header = tableHeader(model, head, rows, filters, controls);
      table.tHead?.replaceWith(header.element);
      render();
    },
    clear: () => {
      filters.clear();
      model.setGlobalFilter('');
      controls.changeFilters();
      controls.changeColumns();
    },
  };
  let header = tableHeader(model, head, rows, filters, controls);
  const bar = toolbar(model, head, controls, status);
  const pages = pager(model, head, controls, () => scroll.scrollTo({ top: 0 }));

  function render(): void {
    const found = model.getFilteredRowModel().rows.length;
    const { pageIndex, pageSize } = model.store.state.pagination;
    const shown = model.getRowModel().rows;
    const columns = model.getVisibleLeafColumns().map(({ id }) => Number(id));
    table?.tBodies[0]?.replaceChildren(...shown.map(({ original }) => tableRow(original, columns, head)));
    header.update();
    bar.update(filters.size > 0);
    pages.update();
    const narrowed = found < head.rowCount;
    const text = narrowed
      ? `${count(found, 'row')} found of ${count(head.rowCount, 'row')}`
      : count(found, 'row');
    if (status.textContent !== text) status.textContent = text;
    const first = pageIndex * pageSize + 1;
    if (range)
      range.textContent =
        shown.length === 0
          ? 'No row matches.'
          : `Rows ${count(first, '', '').trim()} to ${count(first + shown.length - 1, '', '').trim()} of ${text}.`;
  }

  table.tHead?.replaceWith(header.element);
  scroll.before(bar.element);
  scroll.after(pages.element);
  section.classList.add('live');
  render();
}

interface Controls {
  readonly change: (update: () => void) => void;
  readonly changeFilters: () => void;
  readonly changeColumns: () => void;
  readonly clear: () => void;
}

function tableRow({ cells }: Row, columns: readonly number[], head: Head): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (const index of columns) row.append(tableCell(cells[index] ?? null, head.columns[index] as HeadColumn));
  return row;
}

function tableCell(value: Value, { kind }: HeadColumn): HTMLTableCellElement {
  const cell = document.createElement('td');
  const text = valueText(value, kind);
  if (kind === 'number') cell.className = 'number';
  if (kind === 'link' && /^https:\/\/\S+$/i.test(text))
    cell.append(element('a', { href: text, rel: 'noreferrer' }, text.replace(/^https:\/\//i, '')));
  else cell.textContent = text;
  return cell;
}

/* ── Header: order and filters ─────────────────────────────────────────────────────────────────────────────────── */

function tableHeader(
  model: Model,
  head: Head,
  rows: readonly Row[],
  filters: Map<number, Filter>,
  controls: Controls,
) {
  const titles = element('tr');
  const inputs = element('tr', { class: 'filters' });
  const updates: (() => void)[] = [];
  for (const column of model.getVisibleLeafColumns()) {
    const index = Number(column.id);
    const { label, kind } = head.columns[index] as HeadColumn;
    const button = element('button', { type: 'button', class: 'sort' }, label);
    const title = element('th', { scope: 'col', class: kind === 'number' ? 'number' : '' }, button);
    button.addEventListener('click', () =>
      controls.change(() => {
        column.toggleSorting();
        model.setPageIndex(0);
      }),
    );
    updates.push(() => {
      const order = column.getIsSorted();
      if (order) title.setAttribute('aria-sort', order === 'asc' ? 'ascending' : 'descending');
      else title.removeAttribute('aria-sort');
    });
    titles.append(title);
    inputs.append(element('td', {}, filterInput(index, head, rows, filters, controls)));
  }
  const update = () => {
    for (const one of updates) one();
  };
  return { element: element('thead', {}, titles, inputs), update };
}

function filterInput(
  index: number,
  head: Head,
  rows: readonly Row[],
  filters: Map<number, Filter>,
  controls: Controls,
): HTMLElement {
  const { label, kind } = head.columns[index] as HeadColumn;
  const now = filters.get(index);
  const values = choices(rows, index);
  const set = (filter: Filter | undefined) => {
    if (filter) filters.set(index, filter);
    else filters.delete(index);
    controls.changeFilters();
  };
  if (!values) {
    const input = element('input', { type: 'search', 'aria-label': `Filter ${label}`, autocomplete: 'off' });
    input.placeholder = kind === 'number' ? '> 100' : 'contains';
    input.value = now && 'has' in now ? now.has : '';
    input.addEventListener('input', () => set(input.value.trim() ? { has: input.value } : undefined));
    return input;
  }
  const select = element(
    'select',
    { 'aria-label': `Filter ${label}` },
    element('option', { value: '' }, 'All'),
  );
  for (const [position, value] of values.entries())
    select.append(element('option', { value: String(position) }, valueText(value, kind) || EMPTY));
  const position = now && 'is' in now ? values.findIndex((value) => valueText(value, kind) === now.is) : -1;
  select.value = position < 0 ? '' : String(position);
  select.addEventListener('change', () =>
    set(select.value === '' ? undefined : { is: valueText(values[Number(select.value)] ?? null, kind) }),
  );
  return select;
}

/* ── Above the table ───────────────────────────────────────────────────────────────────────────────────────────── */

function toolbar(model: Model, head: Head, controls: Controls, status: HTMLElement) {
  const search = element('input', { type: 'search', id: `${head.id}-search`, autocomplete: 'off' });
  search.placeholder = 'Search all columns';
  search.addEventListener('input', () =>
    controls.change(() => {
      model.setGlobalFilter(search.value);
      model.setPageIndex(0);
    }),
  );

  const filter = element('button', { type: 'button', 'aria-expanded': 'false' }, 'Filters');
  filter.addEventListener('click', () => {
    const open = filter.closest('section')?.classList.toggle('filtering') ?? false;
    filter.setAttribute('aria-expanded', String(open));
  });

  const clear = element('button', { type: 'button', class: 'clear' }, 'Clear');
  clear.addEventListener('click', () => {
    search.value = '';
    controls.clear();
    search.focus();
  });

  const update = (filtered: boolean) => {
    clear.hidden = !filtered && search.value === '';
  };
  const label = element('label', { for: search.id, class: 'hidden' }, `Search ${head.title}`);
  return {
    element: element(
      'div',
      { class: 'toolbar' },
      label,
      search,
      filter,
      columnMenu(model, head, controls),
      clear,
      status,
    ),
    update,
  };
}

function columnMenu(model: Model, head: Head, controls: Controls): HTMLElement {
  const list = element('div', { class: 'list' });
  for (const column of model.getAllLeafColumns()) {
    const { label, empty } = head.columns[Number(column.id)] as HeadColumn;
    const box = element('input', { type: 'checkbox' });
    box.checked = column.getIsVisible();
    box.addEventListener('change', () => {
      column.toggleVisibility(box.checked);
      controls.changeColumns();
    });
    list.append(element('label', {}, box, empty ? `${label} ${EMPTY}` : label));
  }
  const menu = element('details', { class: 'menu' }, element('summary', {}, 'Columns'), list);
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  return menu;
}

/* ── Below the table ───────────────────────────────────────────────────────────────────────────────────────────── */

function pager(model: Model, head: Head, controls: Controls, turned: () => void) {
  const turn = (update: () => void) => {
    controls.change(update);
    turned();
  };
  const button = (label: string, sign: string, update: () => void) => {
    const made = element('button', { type: 'button', 'aria-label': label }, sign);
    made.addEventListener('click', () => turn(update));
    return made;
  };
  const first = button('First page', '«', () => model.setPageIndex(0));
  const previous = button('Previous page', '‹', () => model.previousPage());
  const next = button('Next page', '›', () => model.nextPage());
  const last = button('Last page', '»', () => model.setPageIndex(model.getPageCount() - 1));

  const page = element('input', { type: 'number', min: '1', 'aria-label': 'Page' });
  page.addEventListener('change', () => {
    const wanted = Math.min(
      Math.max(1, Math.trunc(page.valueAsNumber) || 1),
      Math.max(1, model.getPageCount()),
    );
    turn(() => model.setPageIndex(wanted - 1));
  });
  const pageCount = element('span');

  const size = element('select', { 'aria-label': 'Rows a page' });
  for (const rows of PAGE_SIZES)
    size.append(element('option', { value: String(rows) }, `${rows} rows a page`));
  size.addEventListener('change', () => turn(() => model.setPageSize(Number(size.value))));

  const update = () => {
    const { pageIndex, pageSize } = model.store.state.pagination;
    const total = Math.max(1, model.getPageCount());
    page.value = String(pageIndex + 1);
    page.max = String(total);
    pageCount.textContent = `of ${count(total, '', '').trim()}`;
    size.value = String(pageSize);
    // Disabled by name only: a button that loses the focus under the finger throws keyboard users back to the top.
    for (const [control, possible] of [
      [first, model.getCanPreviousPage()],
      [previous, model.getCanPreviousPage()],
      [next, model.getCanNextPage()],
      [last, model.getCanNextPage()],
    ] as const)
      control.setAttribute('aria-disabled', String(!possible));
    made.hidden = head.rowCount <= (PAGE_SIZES[0] ?? 0);
  };
  const made = element(
    'nav',
    { class: 'pager', 'aria-label': `Pages of ${head.title}` },
    first,
    previous,
    page,
    pageCount,
    next,
    last,
    size,
  );
  return { element: made, update };
}

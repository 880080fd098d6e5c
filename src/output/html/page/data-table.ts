/** A table under the reader's control: search, filters by column, order, columns, pages. */
import { count, counted } from '../../../common/words.ts';
import { type Head, type HeadColumn, type Value, valueText } from '../shared.ts';
import type { Controls } from './element.ts';
import { element } from './element.ts';
import type { Filter } from './filter.ts';
import { tableHeader } from './header.ts';
import { makeModel } from './model.ts';
import { pager } from './pager.ts';
import type { Row } from './rows.ts';
import { toolbar } from './toolbar.ts';

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
    const all = counted(head.rowCount, 'row');
    const narrowed = found < head.rowCount;
    const text = narrowed ? `${count(found)} of ${all}` : all;
    // Only a change is announced.
    if (status.textContent !== text) status.textContent = text;
    if (range) range.textContent = rangeText(pageIndex * pageSize, shown.length, found, all, narrowed);
  }

  table.tHead?.replaceWith(header.element);
  scroll.before(bar.element);
  scroll.after(pages.element);
  section.classList.add('live');
  render();
}

function rangeText(before: number, shown: number, found: number, all: string, narrowed: boolean): string {
  if (shown === 0) return `None of ${all} matches.`;
  const which = narrowed ? `${count(found)} found among ${all}` : all;
  return `Rows ${count(before + 1)} to ${count(before + shown)} of ${which}.`;
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

/** The head of a table: a button to sort by and a filter for each column. */
import { type Head, type HeadColumn, valueText } from '../shared.ts';
import type { Controls } from './element.ts';
import { element } from './element.ts';
import type { Filter } from './filter.ts';
import { choices, type Model } from './model.ts';
import type { Row } from './rows.ts';

export function tableHeader(
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
    const title = element(
      'th',
      { scope: 'col', class: kind === 'number' ? 'number' : '', 'data-label': label },
      button,
    );
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
    select.append(element('option', { value: String(position) }, valueText(value, kind) || '(empty)'));
  const position = now && 'is' in now ? values.findIndex((value) => valueText(value, kind) === now.is) : -1;
  select.value = position < 0 ? '' : String(position);
  select.addEventListener('change', () =>
    set(select.value === '' ? undefined : { is: valueText(values[Number(select.value)] ?? null, kind) }),
  );
  return select;
}

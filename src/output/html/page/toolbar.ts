/** Above a table: search, filters, columns, and how many rows that leaves. */
import type { Head, HeadColumn } from '../shared.ts';
import type { Controls } from './element.ts';
import { element } from './element.ts';
import type { Model } from './model.ts';

export function toolbar(model: Model, head: Head, controls: Controls, status: HTMLElement) {
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
    list.append(element('label', {}, box, empty ? `${label} (empty)` : label));
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

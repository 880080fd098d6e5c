/** Below a table: its pages. */
import { count } from '../../../common/words.ts';
import type { Head } from '../shared.ts';
import type { Controls } from './element.ts';
import { element } from './element.ts';
import type { Model } from './model.ts';

const PAGE_SIZES = [25, 50, 100, 250];

export function pager(model: Model, head: Head, controls: Controls, turned: () => void) {
  const turn = (update: () => void) => {
    controls.change(update);
    turned();
  };
  const button = (label: string, sign: string, update: () => void) => {
    const made = element('button', { type: 'button', 'aria-label': label }, sign);
    made.addEventListener('click', () => {
      if (made.getAttribute('aria-disabled') !== 'true') turn(update);
    });
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
    pageCount.textContent = `of ${count(total)}`;
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

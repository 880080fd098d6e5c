/** The page's script: every table becomes searchable, and printing unfolds what is folded away. */
import type { Head } from '../shared.ts';
import { showTable } from './data-table.ts';
import { element } from './element.ts';
import { readRows } from './rows.ts';

async function showTables(): Promise<void> {
  for (const section of document.querySelectorAll<HTMLElement>('section.data')) {
    section.setAttribute('aria-busy', 'true');
    try {
      const head: Head = JSON.parse(section.querySelector('script.head')?.textContent ?? '');
      showTable(section, head, await readRows(head));
    } catch (error) {
      const message = `This browser shows the first rows only: ${error instanceof Error ? error.message : error}.`;
      section.append(element('p', { class: 'failed', role: 'alert' }, message));
      console.error(error);
    }
    section.removeAttribute('aria-busy');
  }
}

function unfoldForPrint(): void {
  let unfolded: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll<HTMLDetailsElement>('details.section:not([open])')];
    for (const details of unfolded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of unfolded) details.open = false;
  });
}

/** Only what really scrolls is a stop on the way through the page by keyboard. */
function stopAtScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target instanceof HTMLElement) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
    }
  });
  for (const scroller of document.querySelectorAll('.scroll')) observer.observe(scroller);
}

unfoldForPrint();
stopAtScrollers();
void showTables();

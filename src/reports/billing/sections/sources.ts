/** Where the numbers of the billing report come from. */
import { sentence } from '../../../common/words.ts';
import { callout, folded, section } from '../../blocks.ts';
import type { Block, Section } from '../../report.ts';
import type { Bill } from '../bill.ts';
import type { Delivery } from '../delivery.ts';
import { allSections } from '../fetch.ts';

/**
 * Where the numbers come from, and what was left out and why: folded away, unless a permission is missing. What to do
 * about that is told in full.
 */
export function sourcesSection({ data, reconciliation, costs }: Bill): Section[] {
  const sections = allSections(data);
  const leftOut = Map.groupBy(
    sections.filter((section) => section.state === 'left-out'),
    ({ why }) => why,
  );
  const lines = Array.from(leftOut, ([why, grouped]) => ({
    denied: grouped.some(isDenied),
    // A piece each: a writer shortens what is long piece by piece, and the reason has to stay.
    line: [...listed(grouped.map(({ title }) => title)), sentence(`: ${why}`)],
  }));
  const denied = lines.filter((line) => line.denied);
  const failed = sections.filter(({ state }) => state === 'failed').map(({ title }) => title);
  const used = sections.filter(({ state }) => state === 'delivered').map(({ path }) => path);
  const list: Block = {
    kind: 'list',
    items: [
      ...lines.filter((line) => !line.denied).map(({ line }) => line),
      ...(failed.length > 0 ? [sentence(`${failed.join(', ')}: could not be read, see the errors`)] : []),
      ...(reconciliation?.agree ? ['Line items and GitHub’s usage summary agree to the cent.'] : []),
      ...(costs
        ? [`Costs are from ${costs.from === 'summary' ? 'the usage summary' : 'the line items'}.`]
        : []),
      ...[...new Set(used)].map((path) => [{ code: `GET ${path}` }] as const),
    ],
  };
  const blocks = [...denied.map(({ line }) => callout('warning', line)), list];
  const title = 'Sources, and what was left out';
  return denied.length > 0 ? section(title, blocks) : folded(title, blocks);
}

const isDenied = (section: Delivery<unknown>): boolean =>
  section.state === 'left-out' && section.reason === 'no permission';

/** The titles as one enumeration, a piece each. */
const listed = (titles: readonly string[]): string[] =>
  titles.map((title, index) => (index === 0 ? title.charAt(0).toUpperCase() + title.slice(1) : `, ${title}`));

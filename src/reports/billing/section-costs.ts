import type { Measures } from '../../metrics.ts';
import { sentence } from '../../words.ts';
import { callout, section, text } from '../blocks.ts';
import type { Block, Section } from '../report.ts';
import type { Bill } from './bill.ts';
import { moneyTable } from './blocks.ts';
import { byCostCenter, byOrganization, byProduct, byRepository, bySku } from './costs.ts';
import { cents, dollars, type Money } from './money.ts';
import { delivered } from './outcome.ts';

/** What the period costs, and by what: product, SKU, day, organization, repository, cost center. */
export function costSections(bill: Bill, measures: Measures): Section[] {
  const { costs, span } = bill;
  const title = span.current ? `Spending in ${span.label} so far` : `Spending in ${span.label}`;
  if (costs === undefined) return section(title, whyNoCosts(measures));
  if (costs.priced.length === 0) return section(title, [text('GitHub lists no usage.')]);
  const products = byProduct(costs.priced);
  const skus = bySku(costs.priced);
  return [
    ...section(title, [
      ...whatIsMissing(bill),
      moneyTable('Product', products, { chart: { type: 'pie', title: 'Net cost by product' } }),
    ]),
    ...itemSections(bill),
    ...section('Spending by SKU', [moneyTable('SKU', skus, { limit: 10, file: 'usage.csv' })], true),
  ];
}

function whyNoCosts(measures: Measures): Block[] {
  const net = measures['cost-net'];
  return typeof net === 'object' ? [text(`No costs: ${net.why}.`)] : [];
}

/** What the reader must know before reading the sums. */
function whatIsMissing({ lineItems, summary, reconciliation, costs }: Bill): Block[] {
  const blocks: Block[] = [];
  if (lineItems.missing.length > 0) {
    blocks.push(
      callout('warning', [
        'Costs by day, organization, repository and cost center are left out, because the line items are not all there. ',
        ...lineItems.missing.slice(0, 3).map((words) => `${sentence(words)} `),
      ]),
    );
  } else if (lineItems.flaw !== undefined) {
    const left = 'Costs by day, organization, repository and cost center are left out, because';
    blocks.push(callout('warning', `${left} ${lineItems.flaw}.`));
  }
  if (reconciliation && !reconciliation.agree) {
    const { items, summary, difference, skus } = reconciliation;
    const widest = skus.slice(0, 3).map((sku) => `${sku.label} (${describeDifference(sku.difference)})`);
    blocks.push(
      callout('note', [
        `The line items add up to ${dollars(items.net)} net, GitHub's summary to ${dollars(summary.net)}: a difference of `,
        { strong: dollars(difference.net) },
        ` net, ${dollars(difference.gross)} gross and ${dollars(difference.discount)} discount. `,
        'Totals, products and SKUs are the summary’s; the rest is from the line items. ',
        widest.length > 0 ? `They differ in ${widest.join(', ')}.` : '',
      ]),
    );
  } else if (summary === undefined && costs?.from === 'items') {
    blocks.push(text('The sums are of the line items: there is no usage summary to check them against.'));
  }
  return blocks;
}

/** The net, or what differs although the net does not. */
function describeDifference({ net, gross }: Money): string {
  if (cents(net) !== 0) return dollars(net);
  return cents(gross) !== 0 ? `${dollars(gross)} gross` : 'discount';
}

function itemSections({ itemCosts, data }: Bill): Section[] {
  if (itemCosts === undefined || itemCosts.cells.length === 0) return [];
  const { cells, byDay } = itemCosts;
  const costCenters = byCostCenter(cells, delivered(data.costCenters) ?? []);
  return [
    ...section('Spending by day', [
      moneyTable('Day', byDay, {
        limit: 5,
        file: 'usage.csv',
        chart: { type: 'line', title: 'Net cost by day' },
      }),
    ]),
    ...section('Spending by organization', [
      moneyTable('Organization', byOrganization(cells), {
        limit: 10,
        file: 'usage.csv',
        cell: (name) => name || 'no organization',
      }),
    ]),
    ...section(
      'Spending by repository',
      [
        moneyTable('Repository', byRepository(cells), {
          limit: 10,
          file: 'usage.csv',
          cell: (name) => (name === '' ? 'no repository' : { repository: name }),
        }),
      ],
      true,
    ),
    ...section(
      'Spending by cost center',
      costCenters.some((row) => row.label !== '')
        ? [
            moneyTable('Cost center', costCenters, {
              limit: 10,
              file: 'usage.csv',
              cell: (name) => name || 'no cost center',
            }),
          ]
        : [],
      true,
    ),
  ];
}

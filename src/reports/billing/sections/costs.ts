import { sentence } from '../../../common/words.ts';
import type { Measures } from '../../../metrics.ts';
import { callout, folded, section, table, text } from '../../blocks.ts';
import type { Block, Cell, Chart, Section, TableBlock } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { byCostCenter, byOrganization, byProduct, byRepository, bySku, type Cost } from '../costs.ts';
import { delivered } from '../delivery.ts';
import { cents, dollars, type Money } from '../money.ts';

/** What the period costs, and by what: product, SKU, day, organization, repository, cost center. */
export function costSections(bill: Bill, measures: Measures): Section[] {
  const { costs, period } = bill;
  const title = period.isCurrent ? `Spending in ${period.label} so far` : `Spending in ${period.label}`;
  if (costs === undefined) return section('', explainMissingCosts(measures));
  if (costs.skuCosts.length === 0) return section(title, [text('GitHub lists no usage.')]);
  const products = byProduct(costs.skuCosts);
  const skus = bySku(costs.skuCosts);
  return [
    ...section(title, [
      ...describeGaps(bill),
      moneyTable('Product', products, { chart: { type: 'pie', title: 'Net cost by product' } }),
    ]),
    ...itemSections(bill),
    ...folded('Spending by SKU', [moneyTable('SKU', skus, { limit: 10, file: 'usage.csv' })], most(skus)),
  ];
}

function explainMissingCosts(measures: Measures): Block[] {
  const net = measures['cost-net'];
  return typeof net === 'object' ? [text(`No costs: ${net.why}.`)] : [];
}

/** What the reader must know before reading the sums. */
function describeGaps({ lineItems, summary, reconciliation, costs }: Bill): Block[] {
  const blocks: Block[] = [];
  if (lineItems.gaps.length > 0) {
    blocks.push(
      callout('warning', [
        'Costs by day, organization, repository and cost center are left out, because the line items are not all there. ',
        ...lineItems.gaps.slice(0, 3).map((words) => `${sentence(words)} `),
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
  if (itemCosts === undefined || itemCosts.costs.length === 0) return [];
  const { costs, byDay } = itemCosts;
  const organizations = byOrganization(costs);
  const costCenters = byCostCenter(costs, delivered(data.costCenters) ?? []);
  return [
    ...section('', [
      moneyTable('Day', byDay, {
        limit: 5,
        fromEnd: true,
        file: 'usage.csv',
        chart: { type: 'line', title: 'Net cost by day' },
      }),
    ]),
    ...folded(
      'Spending by organization',
      [
        moneyTable('Organization', organizations, {
          limit: 10,
          file: 'usage.csv',
          cell: (name) => name || 'no organization',
        }),
      ],
      most(organizations),
    ),
    ...folded('Spending by repository', [
      moneyTable('Repository', byRepository(costs), {
        limit: 10,
        file: 'usage.csv',
        cell: (name) => (name === '' ? 'no repository' : { repository: name }),
      }),
    ]),
    ...folded(
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
      most(costCenters),
    ),
  ];
}

/** The row that costs most; nothing where no name is known. */
function most(costs: readonly Cost[]): string | undefined {
  const [top] = costs.filter(({ label }) => label !== '');
  return top && `most for ${top.label}, ${dollars(top.money.net)}`;
}

/** Money by something, before and after discounts. */
function moneyTable(
  label: string,
  rows: readonly Cost[],
  options: {
    readonly limit?: number;
    readonly fromEnd?: true;
    readonly file?: string;
    readonly chart?: Pick<Chart, 'type' | 'title'>;
    readonly cell?: (label: string) => Cell;
  } = {},
): TableBlock {
  const { limit, fromEnd, file, chart, cell = (name) => name } = options;
  return table(
    { [label]: 'text', Gross: 'usd', Net: 'usd' },
    rows.map(({ label: name, money }) => [cell(name), cents(money.gross), cents(money.net)]),
    {
      ...(limit !== undefined && { limit }),
      ...(fromEnd && { fromEnd }),
      ...(file !== undefined && { file }),
      ...(chart && rows.some((row) => row.money.net.gt(0)) && { chart: { ...chart, x: label, y: 'Net' } }),
    },
  );
}

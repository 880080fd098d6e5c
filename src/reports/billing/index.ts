/** The billing report: what the enterprise spends, and on what. */

import { count } from '../../common/words.ts';
import { notDelivered } from '../../metrics.ts';
import { type Context, NotOfferedError } from '../context.ts';
import type { Notice, ReportOf } from '../report.ts';
import { type Bill, makeBill } from './bill.ts';
import { CONTRADICTED } from './committers.ts';
import { type CopilotBill, readCopilotBill } from './copilot.ts';
import { byOrganization } from './costs.ts';
import { type Delivery, delivered, errorOf, findMostTelling, prefixMessage } from './delivery.ts';
import { allSections, type BillingData, fetchBilling } from './fetch.ts';
import { readLicensePrices } from './license-prices.ts';
import { measure } from './measures.ts';
import { cents, dollars } from './money.ts';
import { type BillingPeriod, periodAt } from './period.ts';
import { budgetNotices, budgetSection, poolSection } from './sections/budgets.ts';
import { costSections } from './sections/costs.ts';
import { billingFigures } from './sections/figures.ts';
import { securitySections } from './sections/security.ts';
import { sourcesSection } from './sections/sources.ts';
import { copilotSection, usageSection } from './sections/usage.ts';
import { billingJson, csvTables, organizationsOf } from './tables.ts';

export interface BillingReport extends ReportOf<'billing'> {
  /** Net US dollars of the period by organization; empty when the line items are not all there. */
  readonly costByOrganization: ReadonlyMap<string, number>;
  /** What Copilot seats cost. */
  readonly copilot: CopilotBill;
  /** US dollars of a license for a month before discounts, by SKU; empty where they are not known. */
  readonly licensePrices: ReadonlyMap<string, number>;
}

/**
 * What the enterprise spends, from whichever billing interface its host offers.
 *
 * @throws NotOfferedError without the slug of an enterprise
 * @throws GitHubError when nothing at all can be read, the one that says most about why
 * @see https://docs.github.com/enterprise-cloud@latest/rest/billing
 */
export async function makeBillingReport({ client, inputs, now, progress }: Context): Promise<BillingReport> {
  if (inputs.enterprise === '') {
    throw new NotOfferedError(
      'Billing is read for one enterprise: set the input `enterprise` to its slug, on Enterprise Server too.',
      notDelivered('billing is read for one enterprise, and `enterprise` is not given'),
    );
  }
  const period = periodAt(inputs.period, now);
  const data = await fetchBilling({ client, inputs, progress }, period);
  assertReadable(data, period);
  const bill = makeBill(data, period);
  const measures = measure(bill);
  const licensePrices = readLicensePrices(bill);
  return {
    name: 'billing',
    title: 'Billing',
    measures,
    figures: billingFigures(bill, measures),
    sections: [
      ...costSections(bill, measures),
      ...budgetSection(bill, measures),
      ...poolSection(bill),
      ...usageSection(bill, measures),
      ...copilotSection(bill),
      ...securitySections(bill),
      ...sourcesSection(bill),
    ],
    tables: csvTables(bill),
    files: [billingJson(bill)],
    notices: [...notices(bill), ...budgetNotices(bill.budgets ?? [])],
    errors: allSections(data).flatMap((section) => (section.state === 'failed' ? section.error : [])),
    organizations: organizationNames(data, inputs.enterprise),
    copilot: readCopilotBill(bill, licensePrices),
    licensePrices,
    costByOrganization: new Map(
      byOrganization(bill.itemCosts?.costs ?? [])
        .filter((row) => row.label !== '')
        .map((row) => [row.label, cents(row.money.net)]),
    ),
  };
}

function assertReadable(data: BillingData, period: BillingPeriod): void {
  const sections = allSections(data);
  if (sections.some((section) => section.state === 'delivered')) return;
  const error = findMostTelling(sections.flatMap((section) => errorOf(section) ?? []));
  if (error === undefined) return;
  throw prefixMessage(
    data.serverVersion !== undefined && !period.isCurrent
      ? `Nothing of ${period.label} can be read from an Enterprise Server, which tells only the present (period: current)`
      : 'Nothing of the billing report could be read',
    error,
  );
}

function notices(bill: Bill): Notice[] {
  const { lineItems, summary, reconciliation, data, period } = bill;
  const found: Notice[] = [];
  if (data.usage.state === 'delivered' && lineItems.gaps.length > 0) {
    found.push({
      level: 'warning',
      text: `Billing line items are incomplete, usage.csv too: ${lineItems.gaps.join('; ')}.`,
    });
  }
  if (lineItems.outside > 0) {
    const of = `${count(lineItems.outside)} of ${count(lineItems.items.length)}`;
    found.push({
      level: 'warning',
      text: `Billing line items dated outside ${period.label}: ${of}, so nothing is summed up from them.`,
    });
  }
  if (lineItems.items.length === 0 && lineItems.gaps.length === 0 && lineItems.flaw !== undefined) {
    found.push({
      level: 'notice',
      text: 'GitHub lists no billing line items although its usage summary has some: nothing is summed up from them.',
    });
  }
  if (summary?.flaw !== undefined) {
    found.push({ level: 'warning', text: `GitHub's usage summary ${summary.flaw}: it is not used.` });
  }
  if (summary?.isUnconfirmed) {
    found.push({
      level: 'warning',
      text: `The month of costs and usage is unconfirmed: GitHub's usage summary names the year alone, and there are no line items to confirm that it is of ${period.label}.`,
    });
  }
  if (data.summary.state === 'left-out' && data.summary.reason === 'of another period') {
    found.push({ level: 'warning', text: `The usage summary is ${data.summary.why}.` });
  }
  for (const section of data.committers) {
    if (delivered(section)?.contradicted) {
      const text = `${section.title}: ${CONTRADICTED}, so that there is no number of them.`;
      found.push({ level: 'warning', text });
    }
  }
  if (reconciliation && !reconciliation.agree) {
    const [items, whole] = [reconciliation.items.net, reconciliation.summary.net];
    found.push({
      level: 'notice',
      text: `Billing line items add up to ${dollars(items)} net, GitHub's usage summary to ${dollars(whole)}.`,
    });
  }
  return found;
}

/** Names that are no person's; the enterprise's own is one. */
function organizationNames(data: BillingData, enterprise: string): string[] {
  const usage: readonly Delivery<readonly { readonly organizationName: string }[]>[] = [
    data.usage,
    ...data.costCenterUsage.map(({ usage }) => usage),
  ];
  const names = [
    enterprise,
    ...usage.flatMap((delivery) => (delivered(delivery) ?? []).map((item) => item.organizationName)),
    ...(delivered(data.costCenters) ?? []).flatMap(organizationsOf),
    ...(delivered(data.budgets) ?? [])
      .filter((budget) => budget.scope === 'organization')
      .map((budget) => budget.entity),
  ];
  return [...new Set(names)].filter((name) => name !== '');
}

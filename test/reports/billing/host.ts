/** Hosts that answer a billing report, section by section. */
import type { Query } from '../../../src/github/resource.ts';
import { type BillingReport, makeBillingReport } from '../../../src/reports/billing/index.ts';
import type { JsonFile, Table } from '../../../src/reports/report.ts';
import { fakeClient, inputs, type Reply } from '../fake-client.ts';
import type { Made } from './generated.ts';

export const NOW = new Date('2026-11-20T12:00:00Z');
const BASE = '/enterprises/acme/settings/billing';

export const usageItem = (given: object = {}) => ({
  date: '2026-11-05',
  product: 'Actions',
  sku: 'Actions Linux',
  quantity: 100,
  unitType: 'minutes',
  pricePerUnit: 0.008,
  grossAmount: 0.8,
  discountAmount: 0.3,
  netAmount: 0.5,
  organizationName: 'octo-org',
  repositoryName: 'octo-org/app',
  ...given,
});

export const summaryRow = (given: object = {}) => ({
  product: 'Actions',
  sku: 'actions_linux',
  unitType: 'minutes',
  pricePerUnit: 0.008,
  grossQuantity: 100,
  grossAmount: 0.8,
  discountQuantity: 0,
  discountAmount: 0.3,
  netQuantity: 100,
  netAmount: 0.5,
  ...given,
});

export const summary = (...usageItems: object[]) => ({
  timePeriod: { year: 2026, month: 11 },
  enterprise: 'acme',
  usageItems,
});

export const budget = (given: object = {}) => ({
  id: 'budget-1',
  budget_type: 'ProductPricing',
  budget_product_sku: 'actions',
  budget_scope: 'enterprise',
  budget_amount: 1,
  prevent_further_usage: true,
  budget_alerting: { will_alert: false, alert_recipients: [] },
  ...given,
});

export const committers = (given: object = {}) => ({
  total_advanced_security_committers: 2,
  total_count: 1,
  maximum_advanced_security_committers: 4,
  purchased_advanced_security_committers: 5,
  repositories: [
    {
      name: 'octo-org/app',
      advanced_security_committers: 2,
      advanced_security_committers_breakdown: [
        { user_login: 'mona', last_pushed_date: '2026-11-03', last_pushed_email: 'mona@example.com' },
        { user_login: 'lisa', last_pushed_date: '2026-11-04', last_pushed_email: 'lisa@example.com' },
      ],
    },
  ],
  ...given,
});

/** An enterprise on the metered platform with one line item and all that comes with it. */
export const METERED: Readonly<Record<string, Reply>> = {
  usage: { usageItems: [usageItem()] },
  'usage/summary': summary(summaryRow()),
  'cost-centers': { costCenters: [] },
  budgets: { budgets: [budget()], has_next_page: false, total_count: 1 },
  'premium_request/usage': summary(),
  'ai_credit/usage': summary(),
  'advanced-security': committers(),
};

/** Reports on a host; `replies` are by the path below `settings/billing`, over an otherwise empty host. */
export async function reportOn(
  replies: Readonly<Record<string, Reply>>,
  options: { now?: Date; serverVersion?: string; inputs?: Parameters<typeof inputs>[0] } = {},
): Promise<BillingReport & { readonly requests: readonly { path: string; query: Query }[] }> {
  const paths = Object.entries(replies).map(([path, reply]) => [`${BASE}/${path}`, reply]);
  const client = fakeClient(Object.fromEntries(paths), options.serverVersion);
  const report = await makeBillingReport({
    client,
    inputs: inputs(options.inputs),
    now: options.now ?? NOW,
    progress: () => {},
  });
  return { ...report, requests: client.requests };
}

/** Line items split by cost center, as the `usage` endpoint hands them out. */
export const usageByCostCenter =
  (made: readonly Made[]) =>
  ({ cost_center_id: id = '' }: Query): object => ({
    usageItems: made.filter(({ costCenterId }) => costCenterId === id).map(({ item }) => item),
  });

export const said = (report: { readonly sections: unknown }): string => JSON.stringify(report.sections);

export const rowsOf = (table: Table | undefined): Record<string, unknown>[] =>
  (table?.rows ?? []).map((row) =>
    Object.fromEntries(table?.columns.map((column) => [column.name, column.value(row)]) ?? []),
  );
export const tableOf = (report: BillingReport, name: string): Record<string, unknown>[] =>
  rowsOf(report.tables.find((table) => table.name === name));

export const partOf = (file: JsonFile | undefined, name: string) =>
  file?.parts.find((part) => part.name === name);

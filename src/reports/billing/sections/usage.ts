import { count } from '../../../common/words.ts';
import { type Measures, type MetricName, numberOf } from '../../../metrics.ts';
import { section, table, text } from '../../blocks.ts';
import type { Block, Figure, Section } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { type Delivery, delivered } from '../delivery.ts';
import { cents } from '../money.ts';
import type { ModelUsage } from '../schemas.ts';

/** Minutes by runner, data transfer and storage, from whichever platform knows them. */
export function usageSection(bill: Bill, measures: Measures): Section[] {
  const figures = [
    figure(measures, 'actions-minutes-used', 'Actions minutes', 'minutes', 'actions-minutes-included'),
    figure(measures, 'packages-gb-used', 'Packages data transfer', 'gigabytes', 'packages-gb-included'),
    figure(measures, 'storage-gb', 'Actions and Packages storage', 'gigabytes'),
    figure(measures, 'billing-days-left', 'Billing cycle ends in', 'days'),
  ].flatMap((candidate) => candidate ?? []);
  if (figures.length === 0 || (bill.usage === undefined && !bill.previousPlatform)) return [];
  return section('Actions, Packages and storage', [
    { kind: 'figures', figures },
    text(source(bill)),
    ...minutesByRunner(bill),
  ]);
}

function figure(
  measures: Measures,
  name: MetricName,
  label: string,
  format: Figure['format'],
  included?: MetricName,
): Figure | undefined {
  const value = numberOf(measures, name);
  if (value === undefined) return undefined;
  const of = included && numberOf(measures, included);
  return {
    label,
    value,
    format,
    ...(of !== undefined && { hint: `${count(of)} included` }),
  };
}

function source({ usage, period }: Bill): string {
  if (usage === undefined) return 'From the previous billing platform, which this host still offers.';
  const account = usage.from === 'items' ? 'the line items' : 'the usage summary';
  const hours = period.isCurrent ? 'the hours of the month so far' : 'the hours of the month';
  return (
    `Derived from ${account} of metered billing; storage is the gigabyte-hours divided by ${hours}. ` +
    'Minutes include the free ones of public repositories and self-hosted runners, so they cannot be held against included minutes.'
  );
}

function minutesByRunner({ usage, data }: Bill): Block[] {
  const rows: [string, number][] = usage
    ? usage.quantities.minutesBySku.map(({ sku, minutes }) => [sku, cents(minutes)])
    : Object.entries(delivered(data.actions)?.minutes_used_breakdown ?? {}).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return [];
  return [
    table({ [usage ? 'Runner SKU' : 'Runner system']: 'text', Minutes: 'number' }, rows, {
      limit: 10,
      ...(usage?.from === 'items' && { file: 'usage.csv' }),
    }),
  ];
}

/** Copilot's premium requests and AI credits by model. */
export function copilotSection({ data }: Bill): Section[] {
  return section(
    'Copilot by model',
    [...models(data.premiumRequests, 'Premium requests'), ...models(data.aiCredits, 'AI credits')],
    true,
  );
}

function models(delivery: Delivery<ModelUsage>, label: string): Block[] {
  const { usageItems: items = [], timePeriod } = delivered(delivery) ?? {};
  if (items.length === 0) return [];
  return [
    ...(timePeriod?.month === undefined
      ? [text(`${label}: GitHub names the year alone, so that the month is unconfirmed.`)]
      : []),
    table(
      { Model: 'text', [label]: 'number', Gross: 'usd', Discount: 'usd', Net: 'usd' },
      items
        .toSorted((a, b) => b.grossAmount - a.grossAmount)
        .map((item) => [
          item.model || 'not stated',
          item.grossQuantity,
          item.grossAmount,
          item.discountAmount,
          item.netAmount,
        ]),
      { limit: 10, file: 'billing.json' },
    ),
  ];
}

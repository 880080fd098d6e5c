import { count, counted } from '../../../common/words.ts';
import { type Measures, type MetricName, numberOf } from '../../../metrics.ts';
import { folded, table, text } from '../../blocks.ts';
import type { Block, Figure, Section } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { type Delivery, delivered } from '../delivery.ts';
import { cents, money, total, ZERO } from '../money.ts';
import type { ModelItem, ModelUsage } from '../schemas.ts';
import { unitKey } from '../skus.ts';

/** Minutes by runner, data transfer and storage, from whichever platform knows them. */
export function usageSection(bill: Bill, measures: Measures): Section[] {
  const figures = [
    figure(measures, 'actions-minutes-used', 'Actions minutes', 'minutes', 'actions-minutes-included'),
    figure(measures, 'packages-gb-used', 'Packages data transfer', 'gigabytes', 'packages-gb-included'),
    figure(measures, 'storage-gb', 'Actions and Packages storage', 'gigabytes'),
    figure(measures, 'billing-days-left', 'Billing cycle ends in', 'days'),
  ].flatMap((candidate) => candidate ?? []);
  if (figures.length === 0 || (bill.usage === undefined && !bill.previousPlatform)) return [];
  return folded(
    'Actions, Packages and storage',
    [{ kind: 'figures', figures }, text(source(bill)), ...minutesByRunner(bill)],
    figures.map(conclude).join(', '),
  );
}

type UsageFigure = Figure & { readonly value: number };

function figure(
  measures: Measures,
  name: MetricName,
  label: string,
  format: Figure['format'],
  included?: MetricName,
): UsageFigure | undefined {
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

const conclude = ({ label, value, format }: UsageFigure): string =>
  format === 'minutes'
    ? `${counted(value, 'Actions minute')}`
    : `${label.charAt(0).toLowerCase()}${label.slice(1)} ${count(value)} ${format === 'days' ? 'days' : 'GB'}`;

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

/**
 * Copilot's premium requests and AI credits by model. Since June 2026, `premium_request/usage` was seen to answer the AI
 * credits that `ai_credit/usage` has too: they stand once.
 */
export function copilotSection({ data }: Bill): Section[] {
  const requests = modelsOf(data.premiumRequests, (unit) => unit !== AI_CREDIT);
  const credits = modelsOf(data.aiCredits, () => true);
  const others =
    credits.items.length > 0 ? credits : modelsOf(data.premiumRequests, (unit) => unit === AI_CREDIT);
  return folded('Copilot by model', [
    ...modelTable(requests, 'Premium requests'),
    ...modelTable(others, 'AI credits'),
  ]);
}

const AI_CREDIT = unitKey('ai-credits');

interface ModelItems {
  readonly items: readonly ModelItem[];
  readonly isConfirmed: boolean;
}

function modelsOf(delivery: Delivery<ModelUsage>, isWanted: (unit: string) => boolean): ModelItems {
  const { usageItems = [], timePeriod } = delivered(delivery) ?? {};
  return {
    items: usageItems.filter((item) => isWanted(unitKey(item.unitType))),
    isConfirmed: timePeriod?.month !== undefined,
  };
}

function modelTable({ items, isConfirmed }: ModelItems, label: string): Block[] {
  if (items.length === 0) return [];
  const byModel = Map.groupBy(items, ({ model }) => model || 'not stated');
  const rows = Array.from(byModel, ([model, its]) => ({
    model,
    quantity: cents(its.reduce((sum, item) => sum.plus(item.grossQuantity), ZERO)),
    money: total(its.map(money)),
  })).sort((a, b) => b.money.gross.cmp(a.money.gross));
  return [
    ...(isConfirmed
      ? []
      : [text(`${label}: GitHub names the year alone, so that the month is unconfirmed.`)]),
    table(
      { Model: 'text', [label]: 'number', Gross: 'usd', Net: 'usd' },
      rows.map(({ model, quantity, money: { gross, net } }) => [model, quantity, cents(gross), cents(net)]),
      { limit: 10, file: 'billing.json' },
    ),
  ];
}

/** Every metric of the billing report, or why it has no value. */
import {
  type Absent,
  allAbsent,
  type Measure,
  type MeasuresOf,
  type MetricName,
  notDelivered,
  nothing,
  published,
  wrongHost,
} from '../../metrics.ts';
import type { Bill } from './bill.ts';
import { measureBudgets } from './budget-measures.ts';
import { CONTRADICTED, licensesOf, type SecurityProduct } from './committers.ts';
import { type Delivery, delivered, describeMissing } from './delivery.ts';
import type { BillingData } from './fetch.ts';
import { cents } from './money.ts';
import { daysLeft, forecast } from './period.ts';
import { gigabytes } from './usage.ts';

/** Every billing metric, as published: US dollars, minutes, gigabytes, days, or why there is none. */
export function measure(bill: Bill): MeasuresOf<'billing'> {
  return {
    ...usageMeasures(bill),
    ...committerMeasures(bill),
    ...costMeasures(bill),
    ...budgetMeasures(bill),
  };
}

/** Why the sections that a metric needs did not give it. */
function explainAbsence(data: BillingData, ...sections: readonly Delivery<unknown>[]): Absent {
  const lacking = sections.filter((section) => section.state !== 'delivered');
  const isNotThere = (section: Delivery<unknown>) =>
    section.state === 'left-out' && (section.reason === 'not on this host' || section.reason === 'retired');
  if (data.serverVersion !== undefined && lacking.every(isNotThere)) {
    return wrongHost(`GitHub Enterprise Server ${data.serverVersion} does not offer it`);
  }
  return notDelivered(lacking.map(describeMissing).join('; '));
}

/** Why neither the summary nor the line items could say. */
function explainMissingUsage({ data, summary, lineItems }: Bill): Absent {
  const whole = [data.summary, data.usage];
  if (whole.every(({ state }) => state !== 'delivered')) return explainAbsence(data, ...whole);
  const flaws = [
    summary?.flaw === undefined ? describeMissing(data.summary) : `the usage summary ${summary.flaw}`,
    lineItems.flaw,
  ];
  return notDelivered(flaws.filter((flaw) => flaw !== undefined).join('; '));
}

/* ── Minutes, transfer, storage and days left ────────────────────────────────────────────────────────────────── */

const USAGE_METRICS = [
  'actions-minutes-used',
  'actions-minutes-included',
  'actions-minutes-paid',
  'actions-minutes-used-percent',
  'packages-gb-used',
  'packages-gb-included',
  'packages-gb-paid',
  'storage-gb',
  'storage-gb-paid',
  'billing-days-left',
] as const satisfies readonly MetricName[];
type UsageMetric = (typeof USAGE_METRICS)[number];

function usageMeasures(bill: Bill): Record<UsageMetric, Measure> {
  if (bill.usage !== undefined) return meteredMeasures(bill, bill.usage);
  if (bill.previousPlatform) return previousMeasures(bill.data);
  return allAbsent(USAGE_METRICS, explainMissingUsage(bill));
}

function meteredMeasures(
  { period }: Bill,
  { quantities }: NonNullable<Bill['usage']>,
): Record<UsageMetric, Measure> {
  const { minutes, transfer, storage } = quantities;
  return {
    ...allAbsent(
      USAGE_METRICS,
      notDelivered('metered billing has no such number; only the previous billing platform had it'),
    ),
    'actions-minutes-used': 'absent' in minutes ? minutes : cents(minutes),
    'packages-gb-used': 'absent' in transfer ? transfer : cents(transfer),
    'storage-gb':
      period.hoursPassed < 24
        ? nothing('there is no average storage in the first 24 hours of a month')
        : 'absent' in storage
          ? storage
          : published(gigabytes(storage, period.hoursPassed)),
    'billing-days-left': period.isCurrent ? daysLeft(period) : nothing(`${period.label} is over`),
  };
}

function previousMeasures(data: BillingData): Record<UsageMetric, Measure> {
  const actions = delivered(data.actions);
  const packages = delivered(data.packages);
  const storage = delivered(data.sharedStorage);
  const from = (section: Delivery<unknown>, value: number | undefined): Measure =>
    value === undefined ? explainAbsence(data, section) : published(value);
  return {
    'actions-minutes-used': from(data.actions, actions?.total_minutes_used),
    'actions-minutes-included': from(data.actions, actions?.included_minutes),
    'actions-minutes-paid': from(data.actions, actions?.total_paid_minutes_used),
    'actions-minutes-used-percent':
      actions?.included_minutes === 0
        ? notDelivered('no minutes are included')
        : from(data.actions, actions && (actions.total_minutes_used / actions.included_minutes) * 100),
    'packages-gb-used': from(data.packages, packages?.total_gigabytes_bandwidth_used),
    'packages-gb-included': from(data.packages, packages?.included_gigabytes_bandwidth),
    'packages-gb-paid': from(data.packages, packages?.total_paid_gigabytes_bandwidth_used),
    'storage-gb': from(data.sharedStorage, storage?.estimated_storage_for_month),
    'storage-gb-paid': from(data.sharedStorage, storage?.estimated_paid_storage_for_month),
    'billing-days-left': from(data.sharedStorage, storage?.days_left_in_billing_cycle),
  };
}

/* ── Advanced Security ───────────────────────────────────────────────────────────────────────────────────────── */

const PREFIXES = {
  bundled: 'committers',
  code_security: 'code-security-committers',
  secret_protection: 'secret-protection-committers',
} as const satisfies Record<SecurityProduct, MetricName>;

type CommitterMetric =
  `${(typeof PREFIXES)[SecurityProduct]}${keyof ReturnType<typeof everyCommitterMetric>}`;

function committerMeasures({ data }: Bill): Record<CommitterMetric, Measure> {
  const asked = data.committers.map(({ product }) => PREFIXES[product]).join(' and ');
  return Object.fromEntries(
    Object.entries(PREFIXES).flatMap(([product, prefix]) => {
      const section = data.committers.find((candidate) => candidate.product === product);
      const values = section
        ? productMeasures(data, section)
        : everyCommitterMetric(notDelivered(`this run reads ${asked} (see advanced-security-product)`));
      return Object.entries(values).map(([suffix, value]) => [`${prefix}${suffix}`, value]);
    }),
  ) as Record<CommitterMetric, Measure>;
}

/** Those that a figure of a product's committers shows. */
export const committerMetrics = (product: SecurityProduct): readonly MetricName[] =>
  (['', '-available', '-over', '-used-percent'] as const).map(
    (suffix) => `${PREFIXES[product]}${suffix}` as const,
  );

function productMeasures(data: BillingData, section: BillingData['committers'][number]) {
  const committers = delivered(section);
  if (committers === undefined) return everyCommitterMetric(explainAbsence(data, section));
  const { active, contradicted, maximum, purchased } = committers;
  const known = {
    '-maximum': maximum ?? notDelivered('GitHub does not say'),
    '-purchased': purchased ?? notDelivered('GitHub does not say how many were purchased'),
  };
  if (active === undefined) {
    const why = contradicted
      ? CONTRADICTED
      : data.people
        ? 'GitHub sent neither a total of committers nor a whole list of them'
        : 'GitHub sent no total of committers, and nobody is counted with `people: false`';
    return { ...everyCommitterMetric(notDelivered(why)), ...known };
  }
  const licenses = licensesOf(committers);
  if (licenses === undefined) {
    const none = purchased === 0 ? 'no license is purchased' : 'GitHub does not say how many were purchased';
    const gate = `${PREFIXES[section.product]}: above N`;
    const why = `${none}, as where committers are paid by usage: use the gate \`${gate}\``;
    return { ...everyCommitterMetric(notDelivered(why)), ...known, '': active };
  }
  return {
    ...known,
    '': active,
    '-available': licenses - active,
    '-over': Math.max(0, active - licenses),
    '-used-percent':
      licenses > 0 ? published((active / licenses) * 100) : nothing('no license is purchased and none used'),
  };
}

const everyCommitterMetric = (absent: Absent) => ({
  '': absent,
  '-purchased': absent,
  '-maximum': absent,
  '-available': absent,
  '-over': absent,
  '-used-percent': absent,
});

/* ── Money ───────────────────────────────────────────────────────────────────────────────────────────────────── */

function costMeasures(bill: Bill) {
  const { costs, period } = bill;
  if (costs === undefined) {
    const names = ['cost-gross', 'cost-discount', 'cost-net', 'cost-net-forecast'] as const;
    return allAbsent(names, explainMissingUsage(bill));
  }
  const { gross, discount, net } = costs.total;
  const forecasted = forecast(net, period);
  return {
    'cost-gross': cents(gross),
    'cost-discount': cents(discount),
    'cost-net': cents(net),
    'cost-net-forecast':
      forecasted === undefined
        ? nothing('there is no forecast before the third day of a month')
        : cents(forecasted),
  };
}

function budgetMeasures({ data, budgets, people }: Bill) {
  if (budgets !== undefined && people !== undefined) return measureBudgets(budgets, people);
  const names = ['budgets-over', 'budgets-highest-percent', 'user-budgets-over'] as const;
  return allAbsent(names, explainAbsence(data, data.budgets));
}

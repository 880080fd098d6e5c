/**
 * Every metric of the action, in the order in which it is documented: the one list that the outputs, the
 * thresholds, the reports and the documentation come from.
 */

import { capitalized } from './common/words.ts';

export const REPORT_NAMES = ['licenses', 'sync-status', 'billing', 'copilot'] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

/** `number` is a plain count; `usd` is US dollars; percentages are 0 to 100 and more. */
export type Unit = 'number' | 'percent' | 'days' | 'minutes' | 'gigabytes' | 'usd';

export interface Metric {
  /** The report that publishes it; `any`: every run. */
  readonly report: ReportName | 'any';
  readonly unit: Unit;
  /** One line for `action.yml` and the README. */
  readonly description: string;
  /** Read from the runs recorded in `history-file`, so it does not exist without that input. */
  readonly fromHistory?: true;
  /** Counted person by person, so it does not exist with `people: false`. */
  readonly ofPeople?: true;
  /** Made of numbers of this report too, so that it does not exist without that one. */
  readonly needs?: ReportName;
}

const committers = (report: string) =>
  ({
    '': `active committers of ${report}`,
    '-purchased': `committer licenses purchased for ${report}`,
    '-maximum': `active committers of ${report} if it were enabled on every repository`,
    '-available': `committer licenses of ${report} not in use (purchased − active), negative when over`,
    '-over': `active committers of ${report} beyond the purchased licenses, at least 0`,
    '-used-percent': `active committers of ${report} as a percentage of the purchased licenses`,
  }) as const;

type Suffix = keyof ReturnType<typeof committers>;

function committerMetrics<const Prefix extends string>(prefix: Prefix, product: string) {
  return Object.fromEntries(
    Object.entries(committers(product)).map(([suffix, description]) => [
      `${prefix}${suffix}`,
      { report: 'billing', unit: suffix === '-used-percent' ? 'percent' : 'number', description },
    ]),
  ) as Record<
    `${Prefix}${Suffix}`,
    Metric & { readonly report: 'billing'; readonly fromHistory?: never; readonly ofPeople?: never }
  >;
}

export const METRICS = {
  'token-days-left': {
    report: 'any',
    unit: 'days',
    description: 'days until the token expires, when GitHub says so',
  },

  'seats-purchased': { report: 'licenses', unit: 'number', description: 'seats purchased' },
  'seats-consumed': { report: 'licenses', unit: 'number', description: 'seats consumed' },
  'seats-available': {
    report: 'licenses',
    unit: 'number',
    description: 'seats purchased − consumed, negative when over',
  },
  'seats-over': { report: 'licenses', unit: 'number', description: 'seats consumed − purchased, at least 0' },
  'seats-used-percent': {
    report: 'licenses',
    unit: 'percent',
    description: 'seats consumed as a percentage of the purchased',
  },
  users: { report: 'licenses', unit: 'number', description: 'distinct people listed', ofPeople: true },
  'users-cloud-only': {
    report: 'licenses',
    unit: 'number',
    description: 'people with an account on the cloud only',
    ofPeople: true,
  },
  'users-server-only': {
    report: 'licenses',
    unit: 'number',
    description: 'people with an account on Enterprise Server only',
    ofPeople: true,
  },
  'users-cloud-and-server': {
    report: 'licenses',
    unit: 'number',
    description: 'people with accounts on both',
    ofPeople: true,
  },
  'users-visual-studio': {
    report: 'licenses',
    unit: 'number',
    description: 'people with a Visual Studio subscription',
    ofPeople: true,
  },
  'users-without-two-factor': {
    report: 'licenses',
    unit: 'number',
    description: 'cloud people whose two-factor flag is exactly false',
    ofPeople: true,
  },
  'users-with-pending-invitation': {
    report: 'licenses',
    unit: 'number',
    description: 'people with a pending invitation',
    ofPeople: true,
  },
  'users-outside-collaborator': {
    report: 'licenses',
    unit: 'number',
    description: 'people who are outside or repository collaborators',
    ofPeople: true,
  },
  'users-without-verified-email': {
    report: 'licenses',
    unit: 'number',
    description: 'cloud people with no email on a verified domain',
    ofPeople: true,
  },
  'duplicate-seats': {
    report: 'licenses',
    unit: 'number',
    description: 'seats that would come free if each person recognisably listed in several rows held one',
    ofPeople: true,
  },
  'seats-change': {
    report: 'licenses',
    unit: 'number',
    description: 'seats consumed now − at the previous run in `history-file`',
    fromHistory: true,
  },
  'days-until-full': {
    report: 'licenses',
    unit: 'days',
    description: 'days until no seat is available, at the trend of `history-file`',
    fromHistory: true,
  },
  'license-days-left': {
    report: 'licenses',
    unit: 'days',
    description: 'Enterprise Server: days until the license expires',
  },

  servers: { report: 'sync-status', unit: 'number', description: 'connected Enterprise Server instances' },
  'servers-failing': {
    report: 'sync-status',
    unit: 'number',
    description: 'servers whose last sync did not succeed',
  },
  'servers-stale': {
    report: 'sync-status',
    unit: 'number',
    description: 'servers whose last sync is older than `stale-after-days` or has no readable date',
  },
  'oldest-sync-days': {
    report: 'sync-status',
    unit: 'days',
    description: 'age of the least recent last sync, in days',
  },

  'actions-minutes-used': {
    report: 'billing',
    unit: 'minutes',
    description:
      'Actions minutes used, with the free ones of public repositories and self-hosted runners where billing is metered',
  },
  'actions-minutes-included': {
    report: 'billing',
    unit: 'minutes',
    description: 'Actions minutes included (previous billing platform)',
  },
  'actions-minutes-paid': {
    report: 'billing',
    unit: 'minutes',
    description: 'Actions minutes paid (previous billing platform)',
  },
  'actions-minutes-used-percent': {
    report: 'billing',
    unit: 'percent',
    description: 'Actions minutes used as a percentage of the included (previous billing platform)',
  },
  'packages-gb-used': { report: 'billing', unit: 'gigabytes', description: 'Packages data transfer used' },
  'packages-gb-included': {
    report: 'billing',
    unit: 'gigabytes',
    description: 'Packages data transfer included (previous billing platform)',
  },
  'packages-gb-paid': {
    report: 'billing',
    unit: 'gigabytes',
    description: 'Packages data transfer paid (previous billing platform)',
  },
  'storage-gb': {
    report: 'billing',
    unit: 'gigabytes',
    description: 'shared storage of Actions and Packages',
  },
  'storage-gb-paid': {
    report: 'billing',
    unit: 'gigabytes',
    description: 'shared storage paid (previous billing platform)',
  },
  'billing-days-left': { report: 'billing', unit: 'days', description: 'days left in the billing cycle' },
  ...committerMetrics('committers', 'bundled Advanced Security'),
  ...committerMetrics('code-security-committers', 'Code Security'),
  ...committerMetrics('secret-protection-committers', 'Secret Protection'),
  'cost-gross': {
    report: 'billing',
    unit: 'usd',
    description: 'cost before discounts in the period, over all cost centers',
  },
  'cost-discount': {
    report: 'billing',
    unit: 'usd',
    description: 'discounts in the period, over all cost centers',
  },
  'cost-net': {
    report: 'billing',
    unit: 'usd',
    description: 'cost after discounts in the period, over all cost centers',
  },
  'cost-net-forecast': {
    report: 'billing',
    unit: 'usd',
    description: 'net cost at the end of the month, at the pace so far',
  },
  'budgets-over': {
    report: 'billing',
    unit: 'number',
    description: 'shared budgets whose spending has reached their amount',
  },
  'budgets-highest-percent': {
    report: 'billing',
    unit: 'percent',
    description: 'the highest spending of a shared budget as a percentage of it',
  },
  'user-budgets-over': {
    report: 'billing',
    unit: 'number',
    description: 'people whose own budget above $0 is reached',
    ofPeople: true,
  },

  'copilot-seats': { report: 'copilot', unit: 'number', description: 'Copilot seats' },
  'copilot-seats-active': {
    report: 'copilot',
    unit: 'number',
    description: 'people with a Copilot seat who were active in the last `inactive-after-days` days',
    ofPeople: true,
  },
  'copilot-seats-inactive': {
    report: 'copilot',
    unit: 'number',
    description: 'people with a Copilot seat older than `inactive-after-days` who were not active since',
    ofPeople: true,
  },
  'copilot-seats-new': {
    report: 'copilot',
    unit: 'number',
    description: 'people with a Copilot seat not older than `inactive-after-days` who were not active yet',
    ofPeople: true,
  },
  'copilot-seats-ending': {
    report: 'copilot',
    unit: 'number',
    description: 'people whose Copilot seat is cancelled and ends',
    ofPeople: true,
  },
  'copilot-seats-inactive-percent': {
    report: 'copilot',
    unit: 'percent',
    description: 'inactive people as a percentage of those with a Copilot seat',
    ofPeople: true,
  },
  'copilot-inactive-cost': {
    report: 'copilot',
    unit: 'usd',
    description: 'what the Copilot seats of inactive people cost a month, at the prices of the bill',
    ofPeople: true,
    needs: 'billing',
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** Where the description does not say it already. */
const UNITS: Readonly<Record<Unit, string>> = {
  number: '',
  percent: '',
  days: '',
  minutes: '',
  gigabytes: ' (GB)',
  usd: ' (US dollars)',
};

/** What it is, with its unit: for those who read it far from here. */
export const describeMetric = ({ description, unit }: Metric): string =>
  `${capitalized(description)}${UNITS[unit]}`;

export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** Names of the metrics that come of `history-file`. */
export type HistoryMetric = {
  [Name in MetricName]: (typeof METRICS)[Name] extends { readonly fromHistory: true } ? Name : never;
}[MetricName];

/** Names of the metrics that a report computes by itself; `any`: those of every run. */
export type MetricOf<Report extends Metric['report']> = {
  [Name in MetricName]: (typeof METRICS)[Name] extends { readonly report: Report } ? Name : never;
}[Exclude<MetricName, HistoryMetric>];

/** Those of them that do not exist with `people: false`. */
export type PeopleMetricOf<Report extends Metric['report']> = {
  [Name in MetricName]: (typeof METRICS)[Name] extends { readonly report: Report; readonly ofPeople: true }
    ? Name
    : never;
}[Exclude<MetricName, HistoryMetric>];

export const isOfPeople = (name: MetricName): boolean => 'ofPeople' in METRICS[name];

const isFromHistory = (name: MetricName): name is HistoryMetric => 'fromHistory' in METRICS[name];

export const HISTORY_METRICS: readonly HistoryMetric[] = METRIC_NAMES.filter(isFromHistory);

export const metricsOf = <Report extends Metric['report']>(report: Report): readonly MetricOf<Report>[] =>
  METRIC_NAMES.filter(
    (name): name is MetricOf<Report> => METRICS[name].report === report && !isFromHistory(name),
  );

export const peopleMetricsOf = <Report extends Metric['report']>(
  report: Report,
): readonly PeopleMetricOf<Report>[] =>
  METRIC_NAMES.filter(
    (name): name is PeopleMetricOf<Report> => METRICS[name].report === report && isOfPeople(name),
  );

/**
 * Why a metric has no value in this run. It decides what a gate on it does:
 * `nothing-to-measure` passes with a notice (no server connected, unlimited seats, too little history);
 * `not-delivered` is an error for `fail-on` and a warning for `warn-on` (GitHub did not send it, no permission);
 * `wrong-host` is an error, because this host can never deliver it.
 */
export interface Absent {
  readonly absent: 'nothing-to-measure' | 'not-delivered' | 'wrong-host';
  /** A sentence without its full stop, such as "no server is connected". */
  readonly why: string;
}

export const nothing = (why: string): Absent => ({ absent: 'nothing-to-measure', why });
export const notDelivered = (why: string): Absent => ({ absent: 'not-delivered', why });
export const wrongHost = (why: string): Absent => ({ absent: 'wrong-host', why });

/** Why metrics of people have no value with `people: false`. */
export const NOBODY_READ = notDelivered('this run reads nobody (`people: false`)');

export type Measure = number | Absent;

/** Every metric of a report, each with its value or why there is none: a report that leaves one out does not compile. */
export type MeasuresOf<Report extends Metric['report']> = Readonly<Record<MetricOf<Report>, Measure>>;

/** What a run measured: the metrics of its reports, of every run, and of the history if it has one. */
export type Measures = Readonly<Partial<Record<MetricName, Measure>>>;

/** The same reason for each of the metrics. */
export const allAbsent = <Name extends string>(
  names: readonly Name[],
  absent: Absent,
): Record<Name, Absent> => Object.fromEntries(names.map((name) => [name, absent])) as Record<Name, Absent>;

/** The value, where there is one. */
export const numberOf = (measures: Measures, name: MetricName): number | undefined => {
  const measure = measures[name];
  return typeof measure === 'number' ? measure : undefined;
};

/** As published: at most two decimals. */
export const published = (value: number): number => Math.round(value * 100) / 100 + 0;

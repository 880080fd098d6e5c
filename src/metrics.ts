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

type Flags = Pick<Metric, 'fromHistory' | 'ofPeople' | 'needs'>;
type Row = readonly [unit: Unit, description: string, flags?: Flags];
type FlagsOf<Entry extends Row> = Entry extends readonly [Unit, string, infer Given] ? Given : unknown;

const OF_PEOPLE = { ofPeople: true } as const;
const FROM_HISTORY = { fromHistory: true } as const;

/** The metrics of one report. */
function metricsFor<const Report extends Metric['report'], const Rows extends Readonly<Record<string, Row>>>(
  report: Report,
  rows: Rows,
) {
  const metrics = Object.entries(rows).map(([name, [unit, description, flags]]) => [
    name,
    { report, unit, description, ...flags },
  ]);
  return Object.fromEntries(metrics) as {
    readonly [Name in keyof Rows]: Metric & { readonly report: Report } & FlagsOf<Rows[Name]>;
  };
}

function committers<const Prefix extends string>(prefix: Prefix, product: string) {
  const rows = {
    '': ['number', `active committers of ${product}`],
    '-purchased': ['number', `committer licenses purchased for ${product}`],
    '-maximum': ['number', `active committers of ${product} if it were enabled on every repository`],
    '-available': [
      'number',
      `committer licenses of ${product} not in use (purchased − active), negative when over`,
    ],
    '-over': ['number', `active committers of ${product} beyond the purchased licenses, at least 0`],
    '-used-percent': ['percent', `active committers of ${product} as a percentage of the purchased licenses`],
  } as const satisfies Readonly<Record<string, Row>>;
  return Object.fromEntries(
    Object.entries(rows).map(([suffix, row]) => [`${prefix}${suffix}`, row]),
  ) as Readonly<Record<`${Prefix}${keyof typeof rows}`, readonly [Unit, string]>>;
}

export const METRICS = {
  ...metricsFor('any', {
    'token-days-left': ['days', 'days until the token expires, when GitHub says so'],
  }),
  ...metricsFor('licenses', {
    'seats-purchased': ['number', 'seats purchased'],
    'seats-consumed': ['number', 'seats consumed'],
    'seats-available': ['number', 'seats purchased − consumed, negative when over'],
    'seats-over': ['number', 'seats consumed − purchased, at least 0'],
    'seats-used-percent': ['percent', 'seats consumed as a percentage of the purchased'],
    users: ['number', 'distinct people listed', OF_PEOPLE],
    'users-cloud-only': ['number', 'people with an account on the cloud only', OF_PEOPLE],
    'users-server-only': ['number', 'people with an account on Enterprise Server only', OF_PEOPLE],
    'users-cloud-and-server': ['number', 'people with accounts on both', OF_PEOPLE],
    'users-visual-studio': ['number', 'people with a Visual Studio subscription', OF_PEOPLE],
    'users-without-two-factor': ['number', 'cloud people whose two-factor flag is exactly false', OF_PEOPLE],
    'users-with-pending-invitation': ['number', 'people with a pending invitation', OF_PEOPLE],
    'users-outside-collaborator': ['number', 'people who are outside or repository collaborators', OF_PEOPLE],
    'users-without-verified-email': ['number', 'cloud people with no email on a verified domain', OF_PEOPLE],
    'duplicate-seats': [
      'number',
      'seats that would come free if each person recognisably listed in several rows held one',
      OF_PEOPLE,
    ],
    'seats-reclaimable': [
      'number',
      'people whose seat is likely to come free, as `candidates.csv` has them',
      OF_PEOPLE,
    ],
    'seats-change': ['number', 'seats consumed now − at the previous run in `history-file`', FROM_HISTORY],
    'days-until-full': [
      'days',
      'days until no seat is available, at the trend of `history-file`',
      FROM_HISTORY,
    ],
    'license-days-left': ['days', 'Enterprise Server: days until the license expires'],
    'visual-studio-subscriptions': ['number', 'Visual Studio subscriptions of the enterprise', OF_PEOPLE],
    'visual-studio-unmatched': [
      'number',
      'Visual Studio subscriptions that no GitHub account is matched to',
      OF_PEOPLE,
    ],
  }),
  ...metricsFor('sync-status', {
    servers: ['number', 'connected Enterprise Server instances'],
    'servers-failing': ['number', 'servers whose last sync did not succeed'],
    'servers-stale': [
      'number',
      'servers whose last sync is older than `stale-after-days` or has no readable date',
    ],
    'oldest-sync-days': ['days', 'age of the least recent last sync, in days'],
  }),
  ...metricsFor('billing', {
    'actions-minutes-used': [
      'minutes',
      'Actions minutes used, with the free ones of public repositories and self-hosted runners where billing is metered',
    ],
    'actions-minutes-included': ['minutes', 'Actions minutes included (previous billing platform)'],
    'actions-minutes-paid': ['minutes', 'Actions minutes paid (previous billing platform)'],
    'actions-minutes-used-percent': [
      'percent',
      'Actions minutes used as a percentage of the included (previous billing platform)',
    ],
    'packages-gb-used': ['gigabytes', 'Packages data transfer used'],
    'packages-gb-included': ['gigabytes', 'Packages data transfer included (previous billing platform)'],
    'packages-gb-paid': ['gigabytes', 'Packages data transfer paid (previous billing platform)'],
    'storage-gb': ['gigabytes', 'shared storage of Actions and Packages'],
    'storage-gb-paid': ['gigabytes', 'shared storage paid (previous billing platform)'],
    'billing-days-left': ['days', 'days left in the billing cycle'],
    ...committers('committers', 'bundled Advanced Security'),
    ...committers('code-security-committers', 'Code Security'),
    ...committers('secret-protection-committers', 'Secret Protection'),
    'cost-gross': ['usd', 'cost before discounts in the period, over all cost centers'],
    'cost-discount': ['usd', 'discounts in the period, over all cost centers'],
    'cost-net': ['usd', 'cost after discounts in the period, over all cost centers'],
    'cost-net-forecast': ['usd', 'net cost at the end of the month, at the pace so far'],
    'budgets-over': ['number', 'shared budgets whose spending has reached their amount'],
    'budgets-highest-percent': ['percent', 'the highest spending of a shared budget as a percentage of it'],
    'user-budgets-over': ['number', 'people whose own budget above $0 is reached', OF_PEOPLE],
  }),
  ...metricsFor('copilot', {
    'copilot-seats': ['number', 'Copilot seats'],
    'copilot-seats-active': [
      'number',
      'people with a Copilot seat who were active in the last `inactive-after-days` days',
      OF_PEOPLE,
    ],
    'copilot-seats-inactive': [
      'number',
      'people with a Copilot seat older than `inactive-after-days` who were not active since',
      OF_PEOPLE,
    ],
    'copilot-seats-new': [
      'number',
      'people with a Copilot seat not older than `inactive-after-days` who were not active yet',
      OF_PEOPLE,
    ],
    'copilot-seats-ending': ['number', 'people whose Copilot seat is cancelled and ends', OF_PEOPLE],
    'copilot-seats-inactive-percent': [
      'percent',
      'inactive people as a percentage of those with a Copilot seat',
      OF_PEOPLE,
    ],
    'copilot-inactive-cost': [
      'usd',
      'what the Copilot seats of inactive people cost a month, at the prices of the bill',
      { ...OF_PEOPLE, needs: 'billing' },
    ],
  }),
} as const;

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

/** What a person reads of the earlier runs: what changed, and how it went. */

import { DAY } from '../common/dates.ts';
import { fold } from '../common/text.ts';
import { count, counted } from '../common/words.ts';
import { type MetricName, published } from '../metrics.ts';
import { folded, table, text } from '../reports/blocks.ts';
import type { Block, Format, Notice, Section } from '../reports/report.ts';
import { type History, lastWith, type Run } from './runs.ts';

/** Those that mean the same at any time of a month; what adds up within it would seem to fall when the next begins. */
const MAIN_METRICS = {
  'seats-consumed': 'Seats consumed',
  'seats-purchased': 'Seats purchased',
  'seats-available': 'Seats available',
  'seats-used-percent': 'Seats used (%)',
  'duplicate-seats': 'Duplicate seats',
  'seats-reclaimable': 'Seats that are likely to come free',
  'users-with-pending-invitation': 'People with a pending invitation',
  'users-outside-collaborator': 'Outside collaborators',
  'users-without-two-factor': 'People without two-factor authentication',
  'visual-studio-subscriptions': 'Visual Studio subscriptions',
  'visual-studio-unmatched': 'Visual Studio subscriptions that match nobody',
  'servers-failing': 'Servers whose sync fails',
  'oldest-sync-days': 'Oldest sync (days)',
  committers: 'Advanced Security committers',
  'code-security-committers': 'Code Security committers',
  'secret-protection-committers': 'Secret Protection committers',
  'storage-gb': 'Shared storage (GB)',
  'cost-net-forecast': 'Net cost of the month, forecast (US dollars)',
  'copilot-seats': 'Copilot seats',
  'copilot-seats-active': 'Active Copilot seats',
  'copilot-seats-inactive': 'Inactive Copilot seats',
  'copilot-seats-inactive-percent': 'Inactive Copilot seats (%)',
  'copilot-inactive-cost': 'Cost of inactive Copilot seats a month (US dollars)',
} as const satisfies Partial<Record<MetricName, string>>;

type MainMetric = keyof typeof MAIN_METRICS;

const RUNS_SHOWN = 26;
const LATEST = 5;
/** "About a month ago": the run closest to 30 days ago among those of 20 to 40 days ago. */
const MONTH_DAYS = 30;
const MONTH_TOLERANCE_DAYS = 10;

/** Trends up to the present run, whose `metrics` are as published; nothing on the first run. */
export function historySections(
  runs: readonly Run[],
  now: Date,
  metrics: Readonly<Record<string, number>>,
): Section[] {
  const [first] = runs;
  const last = runs.at(-1);
  if (!first || !last) return [];
  const all = [...runs, { at: now.getTime(), metrics }].slice(-RUNS_SHOWN);
  return folded(
    'Earlier runs',
    [
      text(`Earlier runs in the history: ${count(runs.length)}, from ${day(first.at)} to ${day(last.at)}.`),
      ...changes(runs, now, metrics),
      ...chart(all, 'Seats consumed', ['seats-consumed', 'number'], 'seats-purchased'),
      ...chart(all, 'Net cost of the month, forecast', ['cost-net-forecast', 'usd']),
      ...chart(all, 'Inactive Copilot seats', ['copilot-seats-inactive', 'number'], 'copilot-seats'),
    ],
    conclude(runs, now, metrics),
  );
}

/** What the trend comes to: what the seats consumed did since the last run, and since about a month ago. */
function conclude(
  runs: readonly Run[],
  now: Date,
  metrics: Readonly<Record<string, number>>,
): string | undefined {
  const present = metrics['seats-consumed'];
  const last = lastWith(runs, 'seats-consumed');
  if (present === undefined || last === undefined) return undefined;
  const month = monthAgo(runs, 'seats-consumed', now);
  const full = metrics['days-until-full'];
  return [
    `seats consumed ${difference(present, last)} since ${day(last.at)}`,
    ...(month && month.at !== last.at ? [`${difference(present, month)} since ${day(month.at)}`] : []),
    ...(full ? [`at this pace none is left in ${counted(Math.round(full), 'day')}`] : []),
  ].join(', ');
}

const difference = (present: number, { metrics }: Run): string => {
  const change = present - (metrics['seats-consumed'] as number);
  return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${count(Math.abs(change))}`;
};

/** The metrics that this run and an earlier one know. */
function changes(
  runs: readonly Run[],
  now: Date,
  metrics: Readonly<Record<string, number>>,
): readonly Block[] {
  const rows = (Object.keys(MAIN_METRICS) as MainMetric[]).flatMap((name) => {
    const present = metrics[name];
    const last = lastWith(runs, name)?.metrics[name];
    if (present === undefined || last === undefined) return [];
    const month = monthAgo(runs, name, now)?.metrics[name];
    const sinceMonth = month === undefined ? undefined : published(present - month);
    if (present === 0 && last === 0 && !sinceMonth) return [];
    return [[MAIN_METRICS[name], present, published(present - last), sinceMonth]];
  });
  if (rows.length === 0) return [];
  return [
    table(
      {
        Metric: 'text',
        Now: 'number',
        'Change since the last run': 'number',
        'Change since about a month ago': 'number',
      },
      rows,
    ),
  ];
}

function monthAgo(runs: readonly Run[], metric: MainMetric, now: Date): Run | undefined {
  const distance = (run: Run) => Math.abs((now.getTime() - run.at) / DAY - MONTH_DAYS);
  return runs
    .filter((run) => run.metrics[metric] !== undefined && distance(run) <= MONTH_TOLERANCE_DAYS)
    .reduce<Run | undefined>(
      (best, run) => (best && distance(best) <= distance(run) ? best : run),
      undefined,
    );
}

/** A line through the metric, beside that of another, over the runs that know it; nothing for a single point. */
function chart(
  runs: readonly Run[],
  title: string,
  [metric, format]: readonly [MainMetric, Format],
  against?: MainMetric,
): readonly Block[] {
  const known = runs.filter((run) => run.metrics[metric] !== undefined);
  if (known.length < 2) return [];
  const shown = [metric, ...(against ? [against] : [])];
  return [
    table<string>(
      { Run: 'text', ...Object.fromEntries(shown.map((name) => [MAIN_METRICS[name], format])) },
      known.map((run) => [day(run.at), ...shown.map((name) => run.metrics[name])]),
      {
        chart: {
          type: 'line',
          title,
          x: 'Run',
          y: MAIN_METRICS[metric],
          ...(against && { against: MAIN_METRICS[against] }),
        },
        limit: LATEST,
        fromEnd: true,
      },
    ),
  ];
}

/** UTC. */
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Lines of the file that the trends leave out. */
export function historyNotices(history: History, enterprise: string, now: Date): Notice[] {
  const future = history.runs.filter(
    (run) => fold(run.enterprise) === fold(enterprise) && run.at > now.getTime(),
  ).length;
  const notices: Notice[] = [];
  if (history.damaged.length > 0) {
    notices.push({
      level: 'warning',
      text: `history-file: no record of a run stands in line ${listed(history.damaged)}. Trends leave that out; the file keeps it.`,
    });
  }
  if (future > 0) {
    notices.push({
      level: 'warning',
      text: `history-file: runs dated after this one: ${future}. Trends leave them out; correct or remove these lines.`,
    });
  }
  return notices;
}

const SHOWN = 10;

const listed = (lines: readonly number[]): string =>
  lines.slice(0, SHOWN).join(', ') + (lines.length > SHOWN ? ` and ${lines.length - SHOWN} more` : '');

/** What a reader learns of the earlier runs: what changed, and how it went. */

import { DAY } from '../common/dates.ts';
import { fold } from '../common/text.ts';
import type { MetricName } from '../metrics.ts';
import type { Block, Notice, Section } from '../reports/report.ts';
import { type History, lastWith, type Run } from './runs.ts';

/** Those that mean the same at any time of a month; what adds up within it would seem to fall when the next begins. */
const MAIN_METRICS = {
  'seats-consumed': 'Seats consumed',
  'seats-purchased': 'Seats purchased',
  'seats-available': 'Seats available',
  'seats-used-percent': 'Seats used (%)',
  'duplicate-seats': 'Duplicate seats',
  'users-with-pending-invitation': 'People with a pending invitation',
  'users-outside-collaborator': 'Outside collaborators',
  'users-without-two-factor': 'People without two-factor authentication',
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

const RUNS_SHOWN = 20;
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
  const more = [
    ...chart(all, 'Seats used', [['seats-used-percent', 'Seats used', 'percent']]),
    ...chart(all, 'Net cost of the month, forecast', [['cost-net-forecast', 'Net cost, forecast', 'usd']]),
    ...chart(all, 'Inactive Copilot seats', [
      ['copilot-seats-inactive', 'Inactive', 'number'],
      ['copilot-seats', 'Copilot seats', 'number'],
    ]),
  ];
  return [
    {
      title: 'Trend',
      blocks: [
        {
          kind: 'text',
          text: `Earlier runs in the history: ${runs.length}, from ${day(first.at)} to ${day(last.at)}.`,
        },
        ...changes(runs, now, metrics),
        ...chart(all, 'Seats consumed', [
          ['seats-consumed', 'Seats consumed', 'number'],
          ['seats-purchased', 'Seats purchased', 'number'],
        ]),
      ],
    },
    ...(more.length > 0 ? [{ title: 'The last runs', blocks: more, collapsed: true }] : []),
  ];
}

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
    return [[MAIN_METRICS[name], present, present - last, month === undefined ? undefined : present - month]];
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { label: 'Metric', format: 'text' },
        { label: 'Now', format: 'number' },
        { label: 'Change since the last run', format: 'number' },
        { label: 'Change since about a month ago', format: 'number' },
      ],
      rows,
    },
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

type Series = readonly [metric: MainMetric, label: string, format: 'number' | 'percent' | 'usd'];

/** A line through the first of the metrics, over the runs that know it; nothing for a single point. */
function chart(
  runs: readonly Run[],
  title: string,
  metrics: readonly [Series, ...Series[]],
): readonly Block[] {
  const known = runs.filter((run) => run.metrics[metrics[0][0]] !== undefined);
  if (known.length < 2) return [];
  return [
    {
      kind: 'table',
      columns: [{ label: 'Run', format: 'text' }, ...metrics.map(([, label, format]) => ({ label, format }))],
      rows: known.map((run) => [day(run.at), ...metrics.map(([metric]) => run.metrics[metric])]),
      chart: { type: 'line', title, x: 'Run', y: metrics[0][1] },
    },
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

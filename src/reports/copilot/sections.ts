/** What a person reads of the Copilot seats. */

import { byName, fold } from '../../common/text.ts';
import { capitalized, count } from '../../common/words.ts';
import { type Absent, type Measures, numberOf } from '../../metrics.ts';
import type { CopilotBill } from '../billing/copilot.ts';
import { dollars } from '../billing/money.ts';
import { COPILOT_ACTIVITY, callout, folded, section, table, text } from '../blocks.ts';
import type { Block, Cell, Figure, Inline, Section } from '../report.ts';
import { PLAN_NAMES } from './measures.ts';
import { grantorOf, isEditor, type SeatHolder, STATES } from './people.ts';

/** Seats that nobody uses, and what they cost. */
export function copilotFigures(measures: Measures): readonly Figure[] {
  const seats = numberOf(measures, 'copilot-seats');
  const inactive = numberOf(measures, 'copilot-seats-inactive');
  const cost = numberOf(measures, 'copilot-inactive-cost');
  return [
    {
      label: 'Inactive Copilot seats',
      value: inactive,
      format: 'number',
      ...(seats !== undefined && { hint: `of ${count(seats)}` }),
      ...(inactive !== undefined && { tone: inactive > 0 ? 'warn' : 'good' }),
      metrics: ['copilot-seats', 'copilot-seats-inactive', 'copilot-seats-inactive-percent'],
    },
    ...(cost === undefined
      ? []
      : [
          {
            label: 'They cost a month',
            value: cost,
            format: 'usd',
            hint: 'before discounts',
            metrics: ['copilot-inactive-cost'],
          } as const,
        ]),
  ];
}

/** `limit`: days without activity after which a seat is inactive. */
export function copilotSections(
  holders: readonly SeatHolder[],
  limit: number,
  bill: CopilotBill | Absent,
): readonly Section[] {
  if (holders.length === 0) return section('', [text('GitHub lists nobody with a Copilot seat.')]);
  return [
    ...section('', [byState(holders), activityNote(limit)]),
    ...section('Inactive Copilot seats', inactiveSeats(holders, bill)),
    ...folded('Copilot by organization or team, plan and editor', [
      byGrantor(holders),
      ...byPlan(holders, bill),
      ...byEditor(holders),
    ]),
  ];
}

const isInactive = ({ state }: SeatHolder): boolean => state === 'inactive';
const FILE = 'copilot.csv';

function byState(holders: readonly SeatHolder[]): Block {
  const rows = STATES.map(
    (state) => [state, holders.filter((holder) => holder.state === state).length] as const,
  ).filter(([, people]) => people > 0);
  return table(
    { State: 'text', People: 'number', Share: 'percent' },
    rows.map(([state, people]) => [capitalized(state), people, share(people, holders.length)]),
    { chart: { type: 'pie', title: 'Copilot seats by state', x: 'State', y: 'People' }, file: FILE },
  );
}

const share = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10;

const activityNote = (limit: number): Block =>
  callout('note', [
    `Inactive: no activity in the last ${count(limit)} days, and a seat for longer than that. GitHub keeps activity for 90 days, and sees it only where the editor sends telemetry. `,
    { link: COPILOT_ACTIVITY, text: 'What GitHub counts as activity' },
  ]);

/** Each grantor of a person once. */
const grantorsOf = ({ grants }: SeatHolder): string[] =>
  [
    ...Map.groupBy(
      grants.map((grant) => grantorOf(grant) || 'not stated'),
      fold,
    ).values(),
  ].flatMap(([name]) => name ?? []);

function byGrantor(holders: readonly SeatHolder[]): Block {
  return peopleTable('Granted by', holders, grantorsOf, {
    chart: { type: 'bar', title: 'Copilot seats by organization or team', x: 'Granted by', y: 'People' },
  });
}

/** How many people carry each label, and how many of them are inactive; a person can carry several. */
function peopleTable(
  label: string,
  holders: readonly SeatHolder[],
  labels: (holder: SeatHolder) => readonly string[],
  options: Parameters<typeof table>[2] = {},
): Block {
  const counts = new Map<string, { readonly name: string; people: number; inactive: number }>();
  for (const holder of holders) {
    for (const name of labels(holder)) {
      const row = counts.get(fold(name)) ?? { name, people: 0, inactive: 0 };
      counts.set(fold(name), row);
      row.people += 1;
      if (isInactive(holder)) row.inactive += 1;
    }
  }
  return table(
    { [label]: 'text', People: 'number', Inactive: 'number', 'Inactive share': 'percent' },
    [...counts.values()]
      .sort((a, b) => b.people - a.people || byName(fold(a.name), fold(b.name)))
      .map(({ name, people, inactive }) => [name, people, inactive, share(inactive, people)]),
    { limit: 10, file: FILE, ...options },
  );
}

const planOf = ({ plan }: SeatHolder): string => (plan === undefined ? 'not stated' : PLAN_NAMES[plan]);

function byPlan(holders: readonly SeatHolder[], bill: CopilotBill | Absent): Block[] {
  const plans = peopleTable('Plan', holders, (holder) => [planOf(holder)]);
  if ('absent' in bill || 'absent' in bill.prices || bill.prices.size === 0) return [plans];
  const prices = [...bill.prices].map(([plan, price]) => `${PLAN_NAMES[plan]} ${dollars(price)}`);
  const { gross, discount } = bill.money;
  return [
    plans,
    text(
      `A seat for a month, on the enterprise's own bill and before discounts: ${prices.join(', ')}. ` +
        `In the month so far Copilot seats come to ${dollars(gross)}, less ${dollars(discount)} of discounts. ` +
        'Who has both plans counts as Enterprise.',
    ),
  ];
}

/** People whom one list of the summary names. */
const SHOWN = 10;

function inactiveSeats(holders: readonly SeatHolder[], bill: CopilotBill | Absent): Block[] {
  const inactive = holders.filter(isInactive);
  if (inactive.length === 0) return [];
  const prices = 'absent' in bill || 'absent' in bill.prices ? undefined : bill.prices;
  const priceOf = ({ plan }: SeatHolder) => plan && prices?.get(plan);
  const idleDays = ({ lastActivity }: SeatHolder) => lastActivity?.daysAgo ?? Number.MAX_VALUE;
  const shown = inactive
    .toSorted(
      (a, b) =>
        (priceOf(b) ?? 0) - (priceOf(a) ?? 0) ||
        idleDays(b) - idleDays(a) ||
        byName(fold(a.login), fold(b.login)),
    )
    .slice(0, SHOWN);
  const more: Inline[] =
    inactive.length > SHOWN
      ? [`${count(inactive.length - SHOWN)} more in `, { code: 'candidates.csv' }, '. ']
      : [];
  return [
    table(
      {
        Person: 'text',
        Plan: 'text',
        'Granted by': 'text',
        'Last activity': 'days',
        ...(prices && { 'A month': 'usd' }),
      } as const,
      shown.map((holder): Cell[] => [
        { person: holder.login },
        planOf(holder),
        grantorsOf(holder).slice(0, 3).join(', '),
        holder.lastActivity && Math.floor(holder.lastActivity.daysAgo),
        ...(prices ? [priceOf(holder)] : []),
      ]),
    ),
    text(
      ...more,
      'Last activity is that many days ago; without a number GitHub has none in the last 90 days.',
    ),
  ];
}

/** By the editor of the latest activity. */
function byEditor(holders: readonly SeatHolder[]): Block[] {
  const known = holders.filter(({ lastActivity }) => lastActivity !== undefined);
  if (known.length === 0) return [];
  return [peopleTable('Editor', known, ({ lastActivity }) => [editorOf(lastActivity?.editor ?? '')])];
}

/** `vscode/1.77.3/copilot/1.86.82` is `vscode`, and `VS Code 1.89.1` is `VS Code`. */
function editorOf(text: string): string {
  if (!isEditor(text)) return 'other';
  return (
    text
      .split('/')[0]
      ?.replace(/ [\d.]+$/, '')
      .trim() || 'not stated'
  );
}

/** The licenses that could be given back, for those who give them back: a table to read, and everybody in `candidates.csv`. */
import { count, counted, dollars } from '../../common/words.ts';
import { folded, namedPeople, section, table, text } from '../blocks.ts';
import { personColumns } from '../licenses/fields.ts';
import type { Block, Cell, Chapter, Inline, Section, Table } from '../report.ts';
import {
  type Candidate,
  costOf,
  type PricedCandidate,
  priceCandidates,
  type Total,
  totalsOf,
} from './candidates.ts';
import { type License, REASON_NAMES, REASONS, type ReasonName } from './reasons.ts';

const NAME = 'candidates';
const FILE = `${NAME}.csv`;

/** Reports of one run; `candidates` is `undefined` where nobody is read. */
interface Made {
  readonly licenses?: { readonly candidates: readonly Candidate[] | undefined };
  readonly copilot?: { readonly candidates: readonly Candidate[] | undefined };
  readonly billing?: { readonly licensePrices: ReadonlyMap<string, number> };
}

export interface Candidates {
  readonly chapter: Chapter;
  /** How many licenses could come free, and what they cost; `undefined` when none could. */
  readonly note: { readonly text: string; readonly file: string } | undefined;
}

/** What the reports of a run know together of licenses that could be given back; `undefined` where none of them reads people. */
export function gatherCandidates({ licenses, copilot, billing }: Made): Candidates | undefined {
  const found = [licenses, copilot].flatMap((report) => report?.candidates ?? []);
  if (licenses?.candidates === undefined && copilot?.candidates === undefined) return undefined;
  const candidates = priceCandidates(found, billing?.licensePrices ?? new Map());
  const totals = totalsOf(candidates);
  return {
    chapter: {
      title: 'Licenses that could be given back',
      sections: candidatesSections(candidates),
      tables: [candidatesTable(candidates)],
    },
    note: totals.length === 0 ? undefined : { text: describeTotals(totals), file: FILE },
  };
}

/* ── The line under the verdict ──────────────────────────────────────────────────────────────────────────────── */

const NOUNS = {
  seat: 'seat',
  copilot: 'Copilot seat',
  'visual-studio': 'Visual Studio subscription',
} as const satisfies Record<License, string>;

function describeTotals(totals: readonly Total[]): string {
  const parts = totals.map(
    (total) =>
      `${counted(total.people, NOUNS[total.license])} ${total.certainty === 'likely' ? 'likely' : 'to check'}${describeCost(total)}`,
  );
  const priced = totals.some((total) => total.priced > 0)
    ? ' Prices are those of the bill, before discounts.'
    : '';
  return `Licenses that could come free: ${parts.join(', ')}.${priced}`;
}

function describeCost({ people, priced, cost }: Total): string {
  if (priced === 0) return '';
  return priced === people
    ? ` (${dollars(cost)} a month)`
    : ` (${dollars(cost)} a month for ${count(priced)} of them)`;
}

/* ── The section ─────────────────────────────────────────────────────────────────────────────────────────────── */

/** Reasons whose people are named in a section of their own. */
const NAMED_ELSEWHERE: ReadonlySet<ReasonName> = new Set(['duplicate-seat', 'copilot-inactive']);

interface Found {
  readonly name: ReasonName;
  readonly people: readonly PricedCandidate[];
}

function candidatesSections(candidates: readonly PricedCandidate[]): Section[] {
  const byReason = Map.groupBy(candidates, ({ reason }) => reason);
  const found = REASON_NAMES.flatMap((name): Found[] => {
    const people = byReason.get(name);
    return people === undefined ? [] : [{ name, people }];
  });
  if (found.length === 0) return [];
  const named = found.filter(
    ({ name, people }) =>
      !NAMED_ELSEWHERE.has(name) && people.some(({ person }) => person.github_com_login !== ''),
  );
  return [
    ...section('', [
      text(
        'Candidates, not facts: the data shows who holds a license, and not whether it is needed. Everybody is in ',
        { code: FILE },
        ', by ',
        { code: 'reason' },
        '; who is there for several counts for each of them here.',
      ),
      reasonsTable(found),
    ]),
    ...folded('Who they are, and what to check', [
      ...(named.length === 0 ? [] : [names(named)]),
      rulesTable(found),
    ]),
  ];
}

function reasonsTable(found: readonly Found[]): Block {
  const isPriced = found.some(({ people }) => people.some(({ cost }) => cost !== undefined));
  return table(
    {
      Reason: 'text',
      License: 'text',
      Certainty: 'text',
      People: 'number',
      ...(isPriced && { 'A month': 'usd' }),
    } as const,
    found.map(({ name, people }): Cell[] => [
      { code: name },
      NOUNS[REASONS[name].license],
      REASONS[name].certainty,
      people.length,
      ...(isPriced ? [costCell(people)] : []),
    ]),
  );
}

const rulesTable = (found: readonly Found[]): Block =>
  table(
    { Reason: 'text', 'Who counts': 'text', 'What to check': 'text', 'GitHub’s documentation': 'text' },
    found.map(({ name }): Cell[] => [
      { code: name },
      REASONS[name].rule,
      REASONS[name].check,
      REASONS[name].source,
    ]),
  );

/** Nothing where nobody has a price; in words where only some have. */
function costCell(people: readonly PricedCandidate[]): Cell {
  const { priced, cost } = costOf(people);
  if (priced === 0) return undefined;
  return priced === people.length ? cost : `${dollars(cost)} for ${count(priced)}`;
}

const names = (found: readonly Found[]): Block => ({
  kind: 'list',
  items: found.map(({ name, people }): readonly Inline[] => [
    { code: name },
    ': ',
    ...namedPeople(
      people.map(({ person }) => person),
      FILE,
    ),
  ]),
});

/* ── candidates.csv ──────────────────────────────────────────────────────────────────────────────────────────── */

const candidatesTable = (rows: readonly PricedCandidate[]): Table<PricedCandidate> => ({
  name: NAME,
  title: 'Candidates',
  columns: [
    { name: 'license', privacy: 'public', value: ({ reason }) => REASONS[reason].license },
    { name: 'reason', privacy: 'public', value: ({ reason }) => reason },
    { name: 'certainty', privacy: 'public', value: ({ reason }) => REASONS[reason].certainty },
    {
      name: 'what_to_check',
      privacy: 'public',
      value: ({ reason, check }) => check ?? REASONS[reason].check,
    },
    ...personColumns(
      ['github_com_login', 'enterprise_server_user_ids', 'visual_studio_subscription_email'],
      ({ person }: PricedCandidate) => person,
    ),
    // The owner of a repository can be a person.
    { name: 'organizations', privacy: 'repository', value: ({ organizations }) => organizations },
    { name: 'last_activity_at', privacy: 'public', unit: 'date', value: ({ lastActivity }) => lastActivity },
    { name: 'cost_per_month', privacy: 'public', unit: 'usd', value: ({ cost }) => cost },
  ],
  rows,
});

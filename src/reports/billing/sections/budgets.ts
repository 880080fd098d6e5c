/** What a person reads of budgets: who has used up what, the highest ten, and what could not be told. */

import { count, counted, sentence } from '../../../common/words.ts';
import { type Measures, numberOf } from '../../../metrics.ts';
import { BUDGETS, callout, folded, section, table, text } from '../../blocks.ts';
import type { Block, Cell, Inline, Notice, Section, Text } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { type BudgetSpending, certainSpending, isForEachPerson, isLimiting, isReached } from '../budgets.ts';
import { delivered } from '../delivery.ts';
import { cents, dollars } from '../money.ts';
import { nameKey } from '../names.ts';
import { findSku, productName } from '../skus.ts';

const SHOWN = 5;

/** Spending against each budget, those that are used up first. */
export function budgetSection({ budgets, people, period }: Bill, measures: Measures): Section[] {
  if (budgets === undefined || people === undefined) return [];
  if (budgets.length === 0) return section('Budgets', [text('There are no budgets.')]);
  const rankOf = (row: BudgetSpending) => (isReached(row) === true ? 1 : row.percent ? 0 : -1);
  const ranked = budgets
    .map((row) => ({ row, rank: rankOf(row), percent: row.percent?.highest.toNumber() ?? 0 }))
    .sort((a, b) => b.rank - a.rank || b.percent - a.percent);
  const said = notes(budgets, people, measures, period.isCurrent);
  const list: Block = { kind: 'list', items: said.map(sentence) };
  return [
    ...section('Budgets', [
      ...describeRemedy(budgets, numberOf(measures, 'user-budgets-over')),
      table(
        {
          Budget: 'text',
          For: 'text',
          Amount: 'text',
          Spent: 'text',
          Used: 'percent',
          'At the limit': 'text',
        },
        ranked.map(({ row }, index) => cells(row, index < SHOWN)),
        { limit: SHOWN, file: 'budgets.csv', isFile: true },
      ),
    ]),
    ...folded('How budgets are counted', said.length > 0 ? [list] : []),
  ];
}

/**
 * AI credit pools of cost centers, as they are today. GitHub documents no unit of their amounts, so that they are neither
 * dollars nor a share.
 */
export function poolSection({ data }: Bill): Section[] {
  const centers = delivered(data.costCenters) ?? [];
  const pools = centers.filter(
    ({ ai_credit_pool_enabled: isEnabled, ai_credit_pool_state: state }) =>
      isEnabled ?? (state?.target_amount !== undefined || state?.current_amount !== undefined),
  );
  if (pools.length === 0) return [];
  return folded(
    'AI credit pools of cost centers',
    [
      table(
        { 'Cost center': 'text', Target: 'number', Current: 'number' },
        pools.map(({ name, ai_credit_pool_state: state }) => [
          name,
          state?.target_amount,
          state?.current_amount,
        ]),
        { limit: SHOWN, file: 'billing.json' },
      ),
      text('As they are today. GitHub does not document the unit of these amounts.'),
    ],
    `${count(pools.length)} of ${counted(centers.length, 'cost center')}`,
  );
}

/* ── The table ───────────────────────────────────────────────────────────────────────────────────────────────── */

function cells(row: BudgetSpending, isShown: boolean): Cell[] {
  const { budget } = row;
  return [
    whose(row, isShown),
    budget.products.map(nameForPeople).join(', ') || undefined,
    `${amountOf(row, budget.amount)}${isForEachPerson(budget) ? ' a person' : ''}`,
    spentCell(row),
    usedCell(row),
    budget.preventsFurtherUsage === undefined
      ? undefined
      : budget.preventsFurtherUsage
        ? 'usage stops'
        : 'alert only',
  ];
}

const nameForPeople = (name: string): string => findSku(name)?.name ?? productName(name);

const amountOf = ({ kind }: BudgetSpending, value: number): string =>
  kind === 'licenses' ? counted(value, 'license') : dollars(value);

function spentCell(row: BudgetSpending): Cell {
  const { spent, source } = row;
  if (spent === undefined) return undefined;
  const [lowest, highest] = [spent.lowest, spent.highest].map((value) => amountOf(row, cents(value)));
  if (certainSpending(row) === undefined) return `≈ ${lowest} to ${highest}`;
  return `${source === 'estimated' ? '≈ ' : ''}${lowest}`;
}

function usedCell(row: BudgetSpending): Cell {
  const { spent, percent, budget } = row;
  if (spent !== undefined && budget.amount === 0) {
    if (spent.lowest.gt(0)) return 'more than $0';
    return spent.highest.gt(0) ? 'perhaps more than $0' : 'nothing';
  }
  if (percent === undefined) return undefined;
  if (certainSpending(row) !== undefined) return cents(percent.lowest);
  return `${count(cents(percent.lowest))} to ${count(cents(percent.highest))} %`;
}

/** A person is named only where someone has to act, in the rows that a summary shows. */
function whose(row: BudgetSpending, isShown: boolean): Text {
  const { scope, user, entity } = row.budget;
  switch (nameKey(scope)) {
    case 'user': {
      const login = user || entity;
      return isReached(row) === true && isShown && login !== '' ? ['user ', { person: login }] : 'a user';
    }
    case 'repository':
      return ['repository ', { repository: entity }];
    case 'organization':
      return `organization ${entity}`.trim();
    case 'costcenter':
      return `cost center ${entity}`.trim();
    case 'multiusercustomer':
      return 'each person';
    case 'multiusercostcenter':
      return `each person of cost center ${entity}`;
    default:
      return scope.replaceAll('_', ' ');
  }
}

/* ── What stands around it ───────────────────────────────────────────────────────────────────────────────────── */

function describeRemedy(budgets: readonly BudgetSpending[], peopleOver: number | undefined): Block[] {
  const limiting = budgets.filter(isLimiting);
  const over = limiting.filter((row) => isReached(row) === true);
  const sentences: Inline[] = [];
  if (over.length > 0) {
    sentences.push(
      {
        strong: `${count(over.length)} of ${shared(limiting.length)} ${over.length === 1 ? 'is' : 'are'} used up.`,
      },
      ' Look in usage.csv for what grew, then ',
      { link: BUDGETS, text: 'raise the budget or reduce the usage' },
      '.',
    );
    const stopping = over.filter(({ budget }) => budget.preventsFurtherUsage === true).length;
    if (stopping > 0) {
      sentences.push(
        ` ${count(stopping)} of them ${stopping === 1 ? 'stops' : 'stop'} further usage at the limit.`,
      );
    }
  }
  if (peopleOver !== undefined && peopleOver > 0) {
    const text = `${counted(peopleOver, 'person has', 'people have')} used up a budget of their own.`;
    sentences.push(over.length > 0 ? ' ' : '', { strong: text }, WHO);
  }
  return sentences.length === 0 ? [] : [callout('caution', sentences)];
}

const WHO = ' Who that is, budgets.csv and user_states in billing.json say.';
const shared = (number: number): string => counted(number, 'shared budget');

function notes(
  budgets: readonly BudgetSpending[],
  people: NonNullable<Bill['people']>,
  measures: Measures,
  isCurrent: boolean,
): string[] {
  const limiting = budgets.filter(isLimiting);
  const others = budgets.length - limiting.length;
  const overPeople = measures['user-budgets-over'];
  return [
    ...(others > 0
      ? [
          `${count(limiting.length)} of ${counted(budgets.length, 'budget')} count as shared: in dollars above $0, of the enterprise, an organization, a repository or a cost center`,
        ]
      : []),
    ...uncertain(limiting),
    ...(budgets.some(({ source }) => source === 'estimated')
      ? [
          '≈ is estimated from the line items: it counts what was spent before a budget was created, which GitHub does not',
        ]
      : []),
    ...(isCurrent ? [] : ['these are the budgets of today, held against the spending of that month']),
    ...(people.blocked
      ? [`${counted(people.blocked, 'person is', 'people are')} blocked by a budget of $0`]
      : []),
    ...people.blocking.map((budget) =>
      nameKey(budget.scope) === 'multiusercostcenter'
        ? `a budget of $0 blocks each person of cost center ${budget.entity} who has no other`
        : 'a budget of $0 blocks each person who has no other',
    ),
    ...(typeof overPeople === 'object' && overPeople.absent === 'not-delivered'
      ? [`how many people have used up a budget of their own cannot be told: ${overPeople.why}`]
      : []),
    ...budgetNotices(budgets).map((notice) => notice.text),
  ];
}

/** What is not certain of shared budgets, each reason once. */
function uncertain(limiting: readonly BudgetSpending[]): string[] {
  const doubts = Map.groupBy(
    limiting.filter(({ doubt }) => doubt !== undefined),
    ({ doubt }) => doubt as string,
  );
  return Array.from(doubts, ([doubt, rows]) => {
    const what = rows.length === 1 ? 'a budget has' : `${count(rows.length)} budgets have`;
    return `what ${what} spent is not certain, because ${doubt}`;
  }).slice(0, 5);
}

/** Budgets that no metric of shared budgets sees. */
export function budgetNotices(budgets: readonly BudgetSpending[]): Notice[] {
  const limited = budgets.filter(({ budget }) => budget.amount > 0);
  const licenses = limited.filter(({ kind }) => kind === 'licenses').length;
  const unknown = limited.filter(({ kind }) => kind === 'unknown');
  const scopes = [...new Set(unknown.map(({ budget }) => budget.scope || 'none'))].slice(0, 3).join(', ');
  return [
    ...(licenses > 0
      ? [
          `${counted(licenses, 'budget is a number', 'budgets are numbers')} of licenses and not of dollars, so not in budgets-over.`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `${counted(unknown.length, 'budget has a scope', 'budgets have scopes')} that this version does not know (${scopes}), so not in budgets-over.`,
        ]
      : []),
  ].map((text) => ({ level: 'notice', text }));
}

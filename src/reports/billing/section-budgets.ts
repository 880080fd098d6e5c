import type Big from 'big.js';
import { counted } from '../../words.ts';
import { callout, section, table, text } from '../blocks.ts';
import type { Block, Cell, Inline, Notice, Section, Text } from '../report.ts';
import { DOCS } from './blocks.ts';
import { type Assessment, isForLicenses, type Unknown } from './budgets.ts';
import { cents, dollars } from './money.ts';

const SHOWN = 10;

/** Spending against each budget, those that are used up first. */
export function budgetSection(budgets: readonly Assessment[] | undefined, current: boolean): Section[] {
  if (budgets === undefined) return [];
  if (budgets.length === 0) return section('Budgets', [text('There are no budgets.')]);
  const rank = ({ percent }: Assessment) => (percent === undefined ? -1 : percent.toNumber());
  const sorted = budgets.toSorted((a, b) => Number(b.over) - Number(a.over) || rank(b) - rank(a));
  return section('Budgets', [
    ...whatToDo(budgets),
    table(
      { Budget: 'text', For: 'text', Amount: 'text', Spent: 'text', Used: 'percent', 'At the limit': 'text' },
      sorted.map((assessment, index) => row(assessment, index < SHOWN)),
      { limit: SHOWN, file: 'budgets.csv' },
    ),
    ...explanations(budgets, current),
  ]);
}

function row(assessment: Assessment, shown: boolean): Cell[] {
  const { budget, spent, percent, source } = assessment;
  const amount = (value: Big | number) =>
    isForLicenses(budget) ? counted(Number(value), 'license') : dollars(value);
  return [
    whose(assessment, shown),
    budget.products.join(', ') || undefined,
    amount(budget.amount),
    spent === undefined ? undefined : `${source === 'estimated' ? '≈ ' : ''}${amount(spent)}`,
    percent === undefined ? undefined : cents(percent),
    budget.preventsFurtherUsage === undefined
      ? undefined
      : budget.preventsFurtherUsage
        ? 'usage stops'
        : 'alert only',
  ];
}

/** A person is named only where someone has to act, in the rows that a summary shows. */
function whose({ budget, over }: Assessment, shown: boolean): Text {
  const scope = budget.scope.replaceAll('_', ' ');
  switch (budget.scope) {
    case 'user': {
      const login = budget.user || budget.entity;
      return over && shown && login !== '' ? ['user ', { person: login }] : 'a user';
    }
    case 'repository':
      return [`${scope} `, { repository: budget.entity }];
    case 'organization':
    case 'cost_center':
      return `${scope} ${budget.entity}`.trim();
    default:
      return scope;
  }
}

function whatToDo(budgets: readonly Assessment[]): Block[] {
  const over = budgets.filter((assessment) => assessment.over);
  if (over.length === 0) return [];
  const stopping = over.filter(({ budget }) => budget.preventsFurtherUsage === true).length;
  const sentences: Inline[] = [
    { strong: `${over.length} of ${budgets.length} budgets ${over.length === 1 ? 'is' : 'are'} used up.` },
    ' Look in usage.csv for what grew, then ',
    { link: `${DOCS}/billing/how-tos/set-up-budgets`, text: 'raise the budget or reduce the usage' },
    '.',
  ];
  if (stopping > 0) {
    sentences.push(` ${stopping} of them ${stopping === 1 ? 'stops' : 'stop'} further usage at the limit.`);
  }
  return [callout('caution', sentences)];
}

const UNKNOWNS: Readonly<Record<Unknown, string>> = {
  licenses: 'budgets of license products are numbers of licenses, not dollars, and are not compared',
  scope: 'spending of budgets for each person, or without a name, is not in the line items',
  'cost-center': 'a budget names a cost center that is not listed, or several of one name',
  items: 'spending cannot be estimated, because line items are missing or of another month',
};

const whyUnknown = (budgets: readonly Assessment[]): string[] =>
  [...new Set(budgets.flatMap(({ unknown }) => unknown ?? []))].map((unknown) => UNKNOWNS[unknown]);

/** A gate on `budgets-over` does not see these budgets, although it has a number. Where it has none, it says why. */
export function budgetNotices(budgets: readonly Assessment[]): Notice[] {
  const limiting = budgets.filter(({ budget }) => budget.amount > 0);
  const left = limiting.filter(({ unknown }) => unknown !== undefined);
  if (left.length === 0) return [];
  const [their, are] = left.length === 1 ? ['its', 'is'] : ['their', 'are'];
  return [
    {
      level: 'notice',
      text: `${left.length} of ${limiting.length} budgets could not be compared with ${their} spending and ${are} not in budgets-over: ${whyUnknown(left).join('; ')}.`,
    },
  ];
}

function explanations(budgets: readonly Assessment[], current: boolean): Block[] {
  const notes = [
    ...(budgets.some(({ source }) => source === 'estimated')
      ? [
          '≈ is estimated from the line items: it counts what was spent before a budget was created, which GitHub does not',
        ]
      : []),
    ...(current ? [] : ['these are the budgets of today, held against the spending of that month']),
    ...whyUnknown(budgets),
  ];
  return notes.length === 0 ? [] : [{ kind: 'list', items: notes }];
}

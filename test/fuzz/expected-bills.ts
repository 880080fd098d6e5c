/** What follows for usage, costs, committers and budgets. */
import type { Answer, Answers } from './answers.ts';
import { exact, rounded, sum } from './exact.ts';
import type { Situation } from './expected.ts';
import {
  asksForStates,
  type Budget,
  type Center,
  type Charged,
  peopleOver,
  readBudgets,
  readCenters,
  readStates,
  sharedBudgets,
} from './expected-budgets.ts';
import { usageBody } from './github.ts';
import {
  blank,
  count,
  deliveries,
  isRefusal,
  type Metrics,
  number,
  perhaps,
  row,
  rows,
  string,
  text,
} from './reading.ts';
import type { Json, Row } from './schema.ts';

interface Account {
  readonly rows: number;
  readonly gross: bigint;
  readonly discount: bigint;
  readonly net: bigint;
  /** `undefined`: something of it is counted in a unit that is not its own. */
  readonly minutes: bigint | undefined;
  readonly transfer: bigint | undefined;
  readonly storage: bigint | undefined;
}

type Meter = 'minutes' | 'transfer' | 'storage';
const METERS: Readonly<Record<string, Meter>> = {
  'actions minute': 'minutes',
  'packages gigabyte': 'transfer',
  'actions gigabytehour': 'storage',
  'packages gigabytehour': 'storage',
};
/** Those that the answers name. */
const SKU_METERS: Readonly<Record<string, Meter>> = {
  actionslinux: 'minutes',
  actionsmacos3core: 'minutes',
  actionsmacos: 'minutes',
  packagesstorage: 'storage',
  packagesdatatransfer: 'transfer',
};

function account(items: readonly Row[], quantity: 'quantity' | 'grossQuantity'): Account {
  const amounts = (name: string) => sum(items.map((item) => number(item[name])));
  const squeezed = (value: Json | undefined) =>
    string(value)
      .toLowerCase()
      .replace(/[\s_-]/g, '');
  const metered = items.map((item) => ({
    amount: number(item[quantity]),
    meter: METERS[`${squeezed(item.product)} ${squeezed(item.unitType).replace(/s$/, '')}`],
    own: SKU_METERS[squeezed(item.sku)],
  }));
  const used = (meter: Meter) => {
    const isOdd = metered.some(
      (item) =>
        item.amount !== 0 &&
        item.own !== undefined &&
        item.own !== item.meter &&
        (item.own === meter || item.meter === meter),
    );
    return isOdd
      ? undefined
      : sum(metered.filter((item) => item.meter === meter).map(({ amount }) => amount));
  };
  return {
    rows: items.length,
    gross: amounts('grossAmount'),
    discount: amounts('discountAmount'),
    net: amounts('netAmount'),
    minutes: used('minutes'),
    transfer: used('transfer'),
    storage: used('storage'),
  };
}

interface Items {
  /** Of complete line items that are all of the month. */
  readonly sums: Account | undefined;
  /** The same items, one by one. */
  readonly charged: readonly Charged[];
  /** Whether any is of the month. */
  readonly areAny: boolean;
  /** Whether those of no cost center came. */
  readonly areThere: boolean;
}

interface Summary extends Account {
  /** Of the month that was asked for, of another, or of the year alone. */
  readonly of: 'month' | 'other' | 'year';
}

/** Every combination of what can have been made of the summary and of the line items. */
export function* bills(answers: Answers, situation: Situation): Generator<Metrics> {
  const billing = (name: string) => answers[`settings/billing/${name}` as keyof Answers];
  const { isServer, isPast, people } = situation;
  const onCloud = <T>(answer: Answer, read: (bodies: readonly Json[]) => T) =>
    isServer ? [undefined] : deliveries(answer, read);
  const month = isPast ? 10 : 11;

  const summaries = onCloud(billing('usage/summary'), ([body]): Summary => {
    const period = row(row(body).timePeriod);
    const [year, named, day] = [
      number(period.year),
      perhaps(period.month, number),
      perhaps(period.day, number),
    ];
    const isOther = year !== 2026 || (named ?? month) !== month || day !== undefined;
    return {
      ...account(rows(row(body).usageItems), 'grossQuantity'),
      of: isOther ? 'other' : named === undefined ? 'year' : 'month',
    };
  });
  const centers = onCloud(billing('cost-centers'), readCenters);
  const budgets = onCloud(billing('budgets'), readBudgets);
  const usage = billing('usage');
  /** Of no cost center and of all; where those are not known, no sum can be told. */
  const itemsOf = (listed: readonly Center[] | undefined): Items[] => {
    const read = (all: readonly Json[]): Items => {
      const parts = ['', ...(listed ?? []).map(({ id }) => id)].map((center) => ({
        center,
        body: center === '' ? all[0] : all[usageBody(center, usage) - 1],
      }));
      const charged = parts.flatMap(({ center, body }) =>
        rows(row(body).usageItems).map((item) => {
          // What budgets are held against is read with the rest: an answer is readable or it is not.
          for (const name of ['product', 'sku']) string(item[name]);
          for (const name of ['organizationName', 'repositoryName']) text(item[name]);
          return { item, center };
        }),
      );
      const items = charged.map(({ item }) => item);
      const inside = items.filter(({ date }) => string(date).startsWith(`2026-${month}-`)).length;
      const sums = account(items, 'quantity');
      const isWhole = listed !== undefined && inside === items.length;
      return { sums: isWhole ? sums : undefined, charged, areAny: inside > 0, areThere: true };
    };
    return onCloud(usage, read).flatMap((items) => {
      if (items !== undefined) return items;
      const none = { sums: undefined, charged: [], areAny: false, areThere: false };
      if (usage.kind !== 'tampered') return none;
      // One part cannot be read, and the others may be.
      return [none, { ...none, areThere: true }, { ...none, areThere: true, areAny: true }];
    });
  };
  const withoutUsage = isServer || isRefusal(usage, 404, 410);

  function* budgetMetrics(
    read: readonly Budget[],
    charged: readonly Charged[] | undefined,
    listed: readonly Center[] | undefined,
  ): Generator<Metrics> {
    if (new Set(read.map(({ id }) => id)).size < read.length || read.some(({ id }) => id === '')) {
      yield Object.fromEntries(BUDGETS.map((name) => [name, 'any' as const]));
      return;
    }
    yield sharedBudgets(read, charged, listed ?? [], isPast);
    if (isPast || !people) {
      yield { 'user-budgets-over': undefined };
      return;
    }
    const answer = billing('user-states');
    const isAsked = read.some(asksForStates);
    const states = isAsked ? onCloud(answer, (all) => readStates(all, read, answer)) : [[]];
    for (const sent of states) yield { 'user-budgets-over': peopleOver(read, sent, listed) };
  }

  for (const sent of summaries) {
    for (const { items, listed } of centers.flatMap((listed) =>
      itemsOf(listed).map((items) => ({ items, listed })),
    )) {
      const own = sent?.of === 'other' ? undefined : sent;
      // What is empty beside what is not is wrong.
      const sums = items.sums?.rows === 0 && (own?.rows ?? 0) > 0 ? undefined : items.sums;
      const isRight = own && (own.of === 'month' || !items.areThere || (sums && agree(own, sums)));
      const summary = own?.rows === 0 && items.areAny ? undefined : isRight ? own : undefined;
      yield costs(summary ?? sums, situation);
      for (const read of budgets) {
        if (read === undefined) yield blank(BUDGETS);
        else yield* budgetMetrics(read, sums && items.charged, listed);
      }
      const used = sums ?? summary;
      if (used === undefined && withoutUsage && !isPast && sent === undefined) {
        for (const [name, metrics] of Object.entries(PREVIOUS)) {
          const read = ([body]: readonly Json[]) => ({
            ...Object.fromEntries(
              Object.entries(metrics).map(([metric, field]) => [
                metric,
                rounded(exact(number(row(body)[field]))),
              ]),
            ),
            ...(name === 'actions' && shareOfIncluded(row(body))),
          });
          const names = [...Object.keys(metrics), ...(name === 'actions' ? [SHARE_OF_INCLUDED] : [])];
          for (const sent of onCloud(billing(name), read)) yield sent ?? blank(names);
        }
      } else yield metered(used, situation);
    }
  }
  if (!isPast)
    for (const metrics of deliveries(billing('advanced-security'), (all) => committers(all, people)))
      yield metrics ?? blank(COMMITTERS);
  else yield blank(COMMITTERS);
}

const BUDGETS = ['budgets-over', 'budgets-highest-percent', 'user-budgets-over'];

/** To the cent. */
const agree = (one: Account, other: Account): boolean =>
  (['gross', 'discount', 'net'] as const).every((name) => rounded(one[name] - other[name]) === 0);

/** The previous platform's sections: metric by metric the field that it is. */
const PREVIOUS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  actions: {
    'actions-minutes-used': 'total_minutes_used',
    'actions-minutes-included': 'included_minutes',
    'actions-minutes-paid': 'total_paid_minutes_used',
  },
  packages: {
    'packages-gb-used': 'total_gigabytes_bandwidth_used',
    'packages-gb-included': 'included_gigabytes_bandwidth',
    'packages-gb-paid': 'total_paid_gigabytes_bandwidth_used',
  },
  'shared-storage': {
    'storage-gb': 'estimated_storage_for_month',
    'storage-gb-paid': 'estimated_paid_storage_for_month',
    'billing-days-left': 'days_left_in_billing_cycle',
  },
};

const SHARE_OF_INCLUDED = 'actions-minutes-used-percent';

function shareOfIncluded(section: Row): Metrics {
  const [used, included] = [number(section.total_minutes_used), number(section.included_minutes)];
  return {
    [SHARE_OF_INCLUDED]: included === 0 ? undefined : rounded(exact(used), exact(100), exact(included)),
  };
}

const HOURS = { now: 19.5 * 24, month: 30 * 24, past: 31 * 24 };

function costs(bill: Account | undefined, { isPast }: Situation): Metrics {
  if (bill === undefined)
    return blank(['gross', 'discount', 'net', 'net-forecast'].map((name) => `cost-${name}`));
  return {
    'cost-gross': rounded(bill.gross),
    'cost-discount': rounded(bill.discount),
    'cost-net': rounded(bill.net),
    'cost-net-forecast': isPast ? rounded(bill.net) : rounded(bill.net, exact(HOURS.month), exact(HOURS.now)),
  };
}

function metered(used: Account | undefined, { isPast }: Situation): Metrics {
  if (used === undefined)
    return blank([...Object.values(PREVIOUS).flatMap((metrics) => Object.keys(metrics)), SHARE_OF_INCLUDED]);
  return {
    'actions-minutes-used': used.minutes === undefined ? undefined : rounded(used.minutes),
    'packages-gb-used': used.transfer === undefined ? undefined : rounded(used.transfer),
    'storage-gb':
      used.storage === undefined
        ? undefined
        : rounded(used.storage, exact(1), exact(isPast ? HOURS.past : HOURS.now)),
    'billing-days-left': isPast ? undefined : 10,
    ...blank([
      'actions-minutes-included',
      'actions-minutes-paid',
      SHARE_OF_INCLUDED,
      'packages-gb-included',
      'packages-gb-paid',
      'storage-gb-paid',
    ]),
  };
}

const COMMITTERS = ['', '-purchased', '-maximum', '-available', '-over', '-used-percent'].map(
  (suffix) => `committers${suffix}`,
);

function committers(bodies: readonly Json[], people: boolean): Metrics {
  // Without people the first page is read, and nobody on it counted.
  const pages = (people ? bodies : bodies.slice(0, 1)).map(row);
  const totals = pages.map((page) => ({
    active: perhaps(page.total_advanced_security_committers, count),
    maximum: perhaps(page.maximum_advanced_security_committers, count),
    purchased: perhaps(page.purchased_advanced_security_committers, count),
  }));
  const repositories = new Map<string, { people: string[]; isWhole: boolean; areAny: boolean }>();
  for (const repository of pages.flatMap((page) => rows(page.repositories))) {
    const listed = perhaps(repository.advanced_security_committers_breakdown, rows);
    const counted = perhaps(repository.advanced_security_committers, count);
    const logins = (listed ?? []).map((person) =>
      (text(person.user_login) || text(person.last_pushed_email)).toLowerCase(),
    );
    // Each committer is listed, and can be told from the others.
    const isWhole = listed
      ? logins.length >= (counted ?? 0) && logins.every((login) => login !== '')
      : counted === 0;
    const areAny = logins.length > 0 || (counted ?? 0) > 0;
    repositories.set(string(repository.name).toLowerCase(), { people: logins, isWhole, areAny });
  }
  const all = [...repositories.values()];
  const isListed = people && all.length > 0 && all.every(({ isWhole }) => isWhole);
  const listed = isListed ? new Set(all.flatMap((one) => one.people)).size : undefined;
  const { active: total = listed, maximum, purchased } = totals[0] ?? {};
  // A total of none beside some is wrong.
  const active = totals[0]?.active === 0 && all.some(({ areAny }) => areAny) ? undefined : total;
  const isByUsage = purchased === 0 && active !== 0;
  const known =
    active !== undefined && purchased !== undefined && !isByUsage ? { active, purchased } : undefined;
  return {
    committers: active,
    'committers-maximum': maximum,
    'committers-purchased': purchased,
    'committers-available': known && known.purchased - known.active,
    'committers-over': known && Math.max(0, known.active - known.purchased),
    'committers-used-percent':
      known && known.purchased > 0
        ? rounded(exact(known.active) * 100n, exact(1), exact(known.purchased))
        : undefined,
  };
}

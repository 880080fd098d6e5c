/**
 * What a synthetic enterprise spends. Amounts are exact: whole billionths of a dollar (`nano`) and whole thousandths
 * of a unit (`milli`) are added up, and become decimal numbers only when they are served.
 */
import type { Dialect } from './dialects.ts';
import type { Enterprise } from './enterprise.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { type Random, seeded } from './random.ts';
import { CATALOGUE, displayed, displayedInTheField, type Sku } from './skus.ts';

export interface CostCenter {
  id: string;
  name: string;
  state: 'active' | 'deleted';
  azure_subscription?: string | null;
  ai_credit_pool_enabled: boolean;
  ai_credit_pool_state?: { target_amount: number | null; current_amount: number | null };
  resources: { type: string; name: string }[];
}

/** One line item, before it is dressed in GitHub's names. */
export interface Charge {
  readonly sku: Sku;
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  /** '' for what belongs to the enterprise alone. */
  readonly organization: string;
  /** `organization/repository`, or ''. */
  readonly repository: string;
  readonly costCenter: string | undefined;
  readonly milliQuantity: number;
  readonly milliDiscounted: number;
  readonly nanoGross: number;
  readonly nanoDiscount: number;
}

export interface Month {
  readonly year: number;
  readonly month: number;
  /** Days that have come, today included. */
  readonly days: number;
}

export interface BillingOptions {
  seed?: number | undefined;
  costCenters?: number | undefined;
  hostile?: boolean | undefined;
}

export interface Billing {
  readonly costCenters: CostCenter[];
  /** The month of `now` up to today, and the whole month before it. */
  readonly months: readonly [Month, Month];
  readonly charges: Charge[];
}

/** Same enterprise and options, same charges. */
export function generateBilling(enterprise: Enterprise, options: BillingOptions = {}): Billing {
  const { seed = 1, hostile = false } = options;
  const random = seeded(`${seed}/billing`);
  const costCenters = makeCostCenters(random, enterprise, options.costCenters ?? 12, hostile);
  const months = lastTwoMonths(enterprise.now);
  const owners = new Map(
    costCenters.flatMap((center) => center.resources.map(({ name }) => [name, center] as const)),
  );
  const charges: Charge[] = [];

  for (const [age, month] of months.entries()) {
    const payer = (repository: string, organization: string, day: number) => {
      const center = owners.get(repository) ?? owners.get(organization);
      // A deleted cost center carries what was used before it was deleted.
      return center?.state === 'deleted' && age === 0 && day > 3 ? undefined : center?.id;
    };
    const charge = (sku: Sku, day: number, organization: string, repository: string, volume: number) =>
      charges.push({
        ...month,
        day,
        organization,
        repository,
        costCenter: payer(repository, organization, day),
        ...priced(random, sku, volume),
      });
    for (const repository of enterprise.repositories) {
      const organization = repository.slice(0, repository.indexOf('/'));
      const size = random.next() ** 3;
      const skus = CATALOGUE.filter(({ level, share }) => level === 'repository' && random.chance(share));
      for (let day = 1; day <= month.days; day += 1) {
        for (const sku of skus) {
          if (random.chance(sku.daily * (0.15 + size)))
            charge(sku, day, organization, repository, 0.05 + size);
        }
      }
    }
    for (const [index, organization] of enterprise.organizations.entries()) {
      const skus = CATALOGUE.filter(({ level, share }) => level === 'organization' && random.chance(share));
      for (let day = 1; day <= month.days; day += 1) {
        for (const sku of skus) charge(sku, day, organization, '', 1 / (1 + index));
      }
    }
    for (const sku of CATALOGUE.filter(({ level }) => level === 'enterprise')) {
      for (let day = 1; day <= month.days; day += 1) charge(sku, day, '', '', 1);
    }
  }
  return { costCenters, months, charges };
}

const sumOf = (charges: readonly Charge[], value: (charge: Charge) => number) =>
  charges.reduce((sum, charge) => sum + value(charge), 0);

/** Exact sums of charges: dollars and units as decimal numbers. */
export function totals(charges: readonly Charge[]) {
  const [quantity, discounted] = [
    sumOf(charges, (charge) => charge.milliQuantity),
    sumOf(charges, (charge) => charge.milliDiscounted),
  ];
  const [gross, discount] = [
    sumOf(charges, (charge) => charge.nanoGross),
    sumOf(charges, (charge) => charge.nanoDiscount),
  ];
  return {
    grossQuantity: quantity / 1e3,
    grossAmount: gross / 1e9,
    discountQuantity: discounted / 1e3,
    discountAmount: discount / 1e9,
    netQuantity: (quantity - discounted) / 1e3,
    netAmount: (gross - discount) / 1e9,
  };
}

/** A line item as `usage` serves it; names and units are written as different parts of GitHub write them. */
export function usageItem(charge: Charge, style: number, dialect: Dialect) {
  if (dialect !== 'documented') return fieldItem(charge);
  const { sku, day, organization, repository } = charge;
  const { grossQuantity, grossAmount, discountAmount, netAmount } = totals([charge]);
  const date = isoDate(charge);
  // What belongs to nobody smaller comes as an empty name on some days and without a name on others.
  const named = (key: string, name: string) => (name !== '' || day % 2 === 0 ? { [key]: name } : {});
  return {
    date: style === 1 ? `${date}T00:00:00Z` : date,
    ...displayed(sku, style),
    quantity: grossQuantity,
    pricePerUnit: sku.nanoPrice / 1e9,
    grossAmount,
    discountAmount,
    netAmount,
    ...named('organizationName', organization),
    ...named('repositoryName', repository),
  };
}

/** The time of day is anything, and a repository comes without its owner. */
function fieldItem(charge: Charge) {
  const { grossQuantity, grossAmount, discountAmount, netAmount } = totals([charge]);
  return {
    date: `${isoDate(charge)}T01:12:28Z`,
    ...displayedInTheField(charge.sku, 'usage'),
    quantity: grossQuantity,
    pricePerUnit: charge.sku.nanoPrice / 1e9,
    grossAmount,
    discountAmount,
    netAmount,
    organizationName: charge.organization,
    repositoryName: charge.repository.slice(charge.repository.indexOf('/') + 1),
  };
}

const isoDate = ({ year, month, day }: Charge): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function priced(random: Random, sku: Sku, volume: number) {
  const milli = Math.max(1, Math.round(sku.volume * volume * (0.5 + random.next()) * 1000));
  const milliQuantity = sku.whole ? Math.max(1, Math.round(milli / 1000)) * 1000 : milli;
  const share = random.chance(sku.discounts) ? random.pick([0.25, 0.5, 1, 1]) : 0;
  const milliDiscounted = sku.whole
    ? Math.floor((milliQuantity * share) / 1000) * 1000
    : Math.floor(milliQuantity * share);
  const nano = (quantity: number) => Math.round((quantity * sku.nanoPrice) / 1000);
  return {
    sku,
    milliQuantity,
    milliDiscounted,
    nanoGross: nano(milliQuantity),
    nanoDiscount: nano(milliDiscounted),
  };
}

function lastTwoMonths(now: Date): [Month, Month] {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth() + 1;
  const before = new Date(Date.UTC(year, month - 1, 0));
  return [
    { year, month, days: now.getUTCDate() },
    { year: before.getUTCFullYear(), month: before.getUTCMonth() + 1, days: before.getUTCDate() },
  ];
}

/** One in six is deleted. Some own whole organizations, most own single repositories. */
function makeCostCenters(
  random: Random,
  { organizations, repositories, people }: Enterprise,
  count: number,
  hostile: boolean,
): CostCenter[] {
  const centers = Array.from({ length: count }, (_, index): CostCenter => {
    const hex = (length: number) => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
    return {
      id: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      name: (hostile && HOSTILE_TEXTS[index]) || `Cost center ${index + 1}`,
      state: index % 6 === 5 ? 'deleted' : 'active',
      ...(index % 3 === 0 && {
        azure_subscription: random.chance(0.5) ? null : `${hex(8)}-0000-0000-0000-${hex(12)}`,
      }),
      ai_credit_pool_enabled: index % 4 === 0,
      ...(index % 4 === 0 && {
        ai_credit_pool_state: {
          target_amount: index % 8 === 4 ? null : 1000 * (index + 1),
          current_amount: 512.5 + index,
        },
      }),
      resources: [],
    };
  });
  if (count === 0) return centers;
  for (const [index, name] of organizations.entries()) {
    if (index % 5 === 4) random.pick(centers).resources.push({ type: 'Org', name });
  }
  for (const name of repositories) {
    if (random.chance(0.25)) random.pick(centers).resources.push({ type: 'Repo', name });
  }
  for (const { github_com_login: name } of people.slice(0, count)) {
    if (name !== '') random.pick(centers).resources.push({ type: 'User', name });
  }
  return centers;
}

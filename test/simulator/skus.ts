/** Metered products as github.com sells them: https://docs.github.com/en/billing/reference/product-and-sku-names */
export interface Sku {
  readonly product: string;
  readonly sku: string;
  readonly unit:
    | 'minutes'
    | 'gigabyte-hours'
    | 'gigabytes'
    | 'hours'
    | 'user-months'
    | 'requests'
    | 'credits';
  /** Billionths of a dollar for a unit. */
  readonly nanoPrice: number;
  /** Who it is charged to. */
  readonly level: 'repository' | 'organization' | 'enterprise';
  /** How many of those use it, and on how many days, 0 to 1. */
  readonly share: number;
  readonly daily: number;
  /** Units a day of the biggest user. */
  readonly volume: number;
  /** Only whole units are counted. */
  readonly whole?: true;
  /** How many of the charges are discounted, 0 to 1. */
  readonly discounts: number;
}

const usd = (price: number) => Math.round(price * 1e9);

type Rest = Pick<Sku, 'share' | 'daily' | 'volume' | 'discounts'> & { whole?: true };
const perRepository = (product: string, sku: string, unit: Sku['unit'], price: number, rest: Rest): Sku => ({
  product,
  sku,
  unit,
  nanoPrice: usd(price),
  level: 'repository',
  ...rest,
});
const perOrganization = (
  product: string,
  sku: string,
  unit: Sku['unit'],
  price: number,
  share: number,
  volume: number,
): Sku => ({
  product,
  sku,
  unit,
  nanoPrice: usd(price),
  level: 'organization',
  share,
  daily: 1,
  volume,
  discounts: 0.1,
});

export const CATALOGUE: readonly Sku[] = [
  perRepository('actions', 'actions_linux', 'minutes', 0.006, {
    share: 0.7,
    daily: 0.8,
    volume: 400,
    whole: true,
    discounts: 0.4,
  }),
  perRepository('actions', 'actions_windows', 'minutes', 0.01, {
    share: 0.12,
    daily: 0.6,
    volume: 150,
    whole: true,
    discounts: 0.2,
  }),
  perRepository('actions', 'actions_macos', 'minutes', 0.062, {
    share: 0.06,
    daily: 0.6,
    volume: 90,
    whole: true,
    discounts: 0.1,
  }),
  perRepository('actions', 'actions_storage', 'gigabyte-hours', 0.000336, {
    share: 0.3,
    daily: 0.9,
    volume: 300,
    discounts: 0.3,
  }),
  perRepository('packages', 'packages_storage', 'gigabyte-hours', 0.000336, {
    share: 0.1,
    daily: 0.9,
    volume: 500,
    discounts: 0.3,
  }),
  perRepository('packages', 'packages_bandwidth', 'gigabytes', 0.5, {
    share: 0.1,
    daily: 0.5,
    volume: 12,
    discounts: 0.3,
  }),
  perRepository('git_lfs', 'git_lfs_storage', 'gigabyte-hours', 0.000097222, {
    share: 0.05,
    daily: 0.9,
    volume: 800,
    discounts: 0.2,
  }),
  perRepository('git_lfs', 'git_lfs_bandwidth', 'gigabytes', 0.0875, {
    share: 0.05,
    daily: 0.4,
    volume: 20,
    discounts: 0.2,
  }),
  perRepository('codespaces', 'codespaces_compute_d4', 'hours', 0.36, {
    share: 0.05,
    daily: 0.4,
    volume: 30,
    discounts: 0,
  }),
  perOrganization('copilot', 'copilot_for_business', 'user-months', 19, 0.7, 6),
  perOrganization('copilot', 'copilot_enterprise', 'user-months', 39, 0.2, 3),
  perOrganization('copilot', 'copilot_premium_request', 'requests', 0.04, 0.6, 900),
  perOrganization('copilot', 'copilot_ai_credits', 'credits', 0.01, 0.4, 2000),
  {
    product: 'ghec',
    sku: 'ghec_licenses',
    unit: 'user-months',
    nanoPrice: usd(21),
    level: 'enterprise',
    share: 1,
    daily: 1,
    volume: 8,
    discounts: 0,
  },
];

const UNITS: Record<Sku['unit'], readonly [string, string]> = {
  minutes: ['minutes', 'Minutes'],
  'gigabyte-hours': ['GigabyteHours', 'gigabyte-hours'],
  gigabytes: ['gigabytes', 'Gigabytes'],
  hours: ['hours', 'Hours'],
  'user-months': ['user-months', 'UserMonths'],
  requests: ['requests', 'Requests'],
  credits: ['credits', 'Credits'],
};

const ACRONYMS: Record<string, string> = { ghec: 'GHEC', lfs: 'LFS', ai: 'AI', macos: 'macOS' };
const spelled = (name: string) =>
  name
    .split('_')
    .map((word) => ACRONYMS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/** Where bills have more than another spelling of the identifier. */
const NAMES: Record<string, string> = {
  actions_macos: 'Actions macOS 3-core',
  codespaces_compute_d4: 'Codespaces compute 4-core',
  copilot_for_business: 'Copilot Business',
};
const FIELD_UNITS: Record<Sku['unit'], readonly [string, string]> = {
  ...UNITS,
  minutes: ['Minutes', 'Minutes'],
  'user-months': ['UserMonths', 'user-months'],
  credits: ['AICredits', 'ai-credits'],
};

/** Of one enterprise, line items have names for people, and the summary identifiers. */
export function displayedInTheField(given: Sku, endpoint: 'usage' | 'summary') {
  const { product, sku, unit } = given;
  return endpoint === 'usage'
    ? { product: spelled(product), sku: NAMES[sku] ?? spelled(sku), unitType: FIELD_UNITS[unit][0] }
    : { product, sku, unitType: FIELD_UNITS[unit][1] };
}

/** `Actions` / `Actions Linux` / `minutes`, `actions` / `actions_linux` / `Minutes`, or a mixture: 0, 1 or 2. */
export function displayed({ product, sku, unit }: Sku, style: number) {
  return {
    product: style === 1 ? product : spelled(product),
    sku: style === 0 ? spelled(sku) : sku,
    unitType: UNITS[unit][style === 0 ? 0 : 1],
  };
}

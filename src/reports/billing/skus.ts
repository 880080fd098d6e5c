/**
 * GitHub's products and SKUs, each once, whatever an answer calls it: budgets and the usage summary have identifiers,
 * line items have names for people, and some pairs are more than two spellings of one name.
 *
 * Identifiers: https://docs.github.com/en/billing/reference/product-and-sku-names. Names: those that bills carry. The
 * list is for recognising and never for refusing: a name that it lacks stands for itself.
 */
import { nameKey, remember } from './names.ts';

/** What a SKU is counted in. `user-months` are licenses. */
export type SkuUnit =
  | 'minutes'
  | 'hours'
  | 'gigabytes'
  | 'gigabyte-hours'
  | 'user-months'
  | 'ai-credits'
  | 'requests'
  | 'token-units'
  | 'compute-seconds'
  | 'gibibyte-seconds'
  | 'gibibyte-months';

export interface Product {
  /** GitHub's identifier. */
  readonly id: string;
  /** Its name for people. */
  readonly name: string;
}

export interface Sku extends Product {
  readonly product: string;
  readonly unit: SkuUnit;
}

/* ── Products ────────────────────────────────────────────────────────────────────────────────────────────────── */

/** Identifier → name for people, then the other names it goes by. Without a page of their own: the last three. */
const PRODUCTS: Readonly<Record<string, readonly [name: string, ...others: string[]]>> = {
  actions: ['Actions', 'GitHub Actions'],
  packages: ['Packages', 'GitHub Packages'],
  codespaces: ['Codespaces', 'GitHub Codespaces'],
  copilot: ['Copilot', 'GitHub Copilot'],
  ghas: ['Advanced Security', 'GitHub Advanced Security'],
  ghec: ['Enterprise Cloud', 'GitHub Enterprise Cloud'],
  sandbox: ['Sandbox'],
  git_lfs: ['Git LFS'],
  models: ['Models', 'GitHub Models'],
  spark: ['Spark', 'GitHub Spark'],
};

/* ── SKUs ────────────────────────────────────────────────────────────────────────────────────────────────────── */

type SkuNames = readonly [id: string, name: string, ...others: string[]];

const each = (values: readonly (number | string)[], row: (value: string) => SkuNames): SkuNames[] =>
  values.map((value) => row(String(value)));

/** Runners of one system: `actions_linux_4_core` is `Actions Linux 4-core`. */
const runners = (system: string, cores: readonly number[], suffix = ''): SkuNames[] =>
  each(cores, (count) => [
    `actions_${system}_${count}_core${suffix && `_${suffix}`}`.toLowerCase(),
    `Actions ${system} ${count}-core${suffix && ` ${suffix}`}`,
  ]);

/**
 * AI credits were first called units: `copilot_ai_unit` is `copilot_ai_credits`. Each of the three is a meter of its own.
 */
const aiCredits = (id: string, meter: string, name: string): SkuNames => [
  id,
  `${name} AI Credits`,
  ...['ai_unit', 'ai_units', 'ai_credit', 'ai_credits'].map((unit) => `${meter}_${unit}`),
];

/** By product and unit: identifier, name for people, other names. */
const SKUS: readonly (readonly [product: string, unit: SkuUnit, rows: readonly SkuNames[]])[] = [
  [
    'actions',
    'minutes',
    [
      ['actions_linux', 'Actions Linux'],
      ['actions_linux_arm', 'Actions Linux ARM'],
      ['actions_linux_slim', 'Actions Linux Slim'],
      ['actions_linux_2_core_advanced', 'Actions Linux 2-core Advanced'],
      ...runners('Linux', [4, 8, 16, 32, 64, 96]),
      ...runners('Linux', [2, 4, 8, 32, 64], 'ARM'),
      ...runners('Linux', [4], 'GPU'),
      ['actions_windows', 'Actions Windows'],
      ['actions_windows_arm', 'Actions Windows ARM'],
      ['actions_windows_2_core', 'Actions Windows 2-core'],
      ['actions_windows_2_core_advanced', 'Actions Windows 2-core Advanced'],
      ...runners('Windows', [4, 8, 16, 32, 64]),
      ...runners('Windows', [2, 4, 8, 32, 64], 'ARM'),
      ...runners('Windows', [4], 'GPU'),
      ['actions_macos', 'Actions macOS 3-core', 'Actions macOS'],
      ['actions_macos_l', 'Actions macOS Large'],
      ['actions_macos_xl', 'Actions macOS XL'],
    ],
  ],
  [
    'actions',
    'gigabyte-hours',
    [
      ['actions_storage', 'Actions storage'],
      ['actions_cache_storage', 'Actions cache storage'],
      ['actions_custom_image_storage', 'Actions custom image storage'],
    ],
  ],
  [
    'codespaces',
    'hours',
    each([2, 4, 8, 16, 32], (cores) => [`codespaces_compute_d${cores}`, `Codespaces compute ${cores}-core`]),
  ],
  [
    'codespaces',
    'gigabyte-hours',
    [
      ['codespaces_storage', 'Codespaces storage'],
      ['codespaces_prebuild_storage', 'Codespaces prebuild storage'],
    ],
  ],
  [
    'copilot',
    'user-months',
    [
      ['copilot_for_business', 'Copilot Business'],
      ['copilot_enterprise', 'Copilot Enterprise'],
      ['copilot_standalone', 'Copilot Standalone'],
    ],
  ],
  [
    'copilot',
    'ai-credits',
    [
      aiCredits('copilot_ai_credits', 'copilot', 'Copilot'),
      aiCredits('coding_agent_ai_unit', 'coding_agent', 'Coding Agent'),
    ],
  ],
  ['spark', 'ai-credits', [aiCredits('spark_ai_credits', 'spark', 'Spark')]],
  [
    'copilot',
    'requests',
    [
      ['copilot_premium_request', 'Copilot Premium Request'],
      ['coding_agent_premium_request', 'Coding Agent Premium Request'],
    ],
  ],
  ['spark', 'requests', [['spark_premium_request', 'Spark Premium Request']]],
  [
    'ghas',
    'user-months',
    [
      ['ghas_licenses', 'Advanced Security licenses', 'GHAS licenses'],
      ['ghas_code_security_licenses', 'Code Security licenses', 'GHAS Code Security licenses'],
      ['ghas_secret_protection_licenses', 'Secret Protection licenses', 'GHAS Secret Protection licenses'],
    ],
  ],
  [
    'ghec',
    'user-months',
    [['ghec_licenses', 'Enterprise Cloud licenses', 'GitHub Enterprise Cloud licenses']],
  ],
  ['git_lfs', 'gigabytes', [['git_lfs_bandwidth', 'Git LFS bandwidth']]],
  ['git_lfs', 'gigabyte-hours', [['git_lfs_storage', 'Git LFS storage']]],
  ['models', 'token-units', [['models_inference', 'Models inference']]],
  // "Packages data transfer": https://docs.github.com/en/billing/reference/previous-billing-platform-endpoints
  ['packages', 'gigabytes', [['packages_bandwidth', 'Packages data transfer', 'Packages bandwidth']]],
  ['packages', 'gigabyte-hours', [['packages_storage', 'Packages storage']]],
  // Units: https://docs.github.com/en/billing/concepts/product-billing/cloud-and-local-sandboxes
  ['sandbox', 'compute-seconds', [['sandbox_linux', 'Sandbox Linux']]],
  ['sandbox', 'gibibyte-seconds', [['sandbox_memory', 'Sandbox Memory']]],
  ['sandbox', 'gibibyte-months', [['sandbox_snapshot', 'Sandbox Snapshot']]],
];

/**
 * Budgets of several SKUs in one (`BundlePricing`): all that are counted in this unit.
 * https://docs.github.com/en/billing/concepts/budgets-and-alerts
 */
const BUNDLES: Readonly<Record<string, SkuUnit>> = { ai_credits: 'ai-credits', premium_requests: 'requests' };

/* ── Finding ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/** Documented SKUs, in the order above. */
export const KNOWN_SKUS: readonly Sku[] = SKUS.flatMap(([product, unit, rows]) =>
  rows.map(([id, name]) => ({ id, name, product, unit })),
);

const bySpelling = <T>(entries: Iterable<readonly [names: readonly string[], value: T]>): Map<string, T> =>
  new Map(Array.from(entries).flatMap(([names, value]) => names.map((name) => [nameKey(name), value])));

const products = bySpelling(
  Object.entries(PRODUCTS).map(([id, [name, ...others]]) => [[id, name, ...others], { id, name }] as const),
);
const skus = bySpelling(
  SKUS.flatMap(([, , rows]) => rows).map((names, index) => [names, KNOWN_SKUS[index] as Sku] as const),
);
const bundles = bySpelling(Object.entries(BUNDLES).map(([id, unit]) => [[id], unit] as const));

export const findProduct = (name: string): Product | undefined => products.get(nameKey(name));
export const findSku = (name: string): Sku | undefined => skus.get(nameKey(name));
/** What the SKUs of a bundle are counted in. */
export const findBundle = (name: string): SkuUnit | undefined => bundles.get(nameKey(name));

/** The same for all names of one product. */
export const productKey = remember((name) => findProduct(name)?.id ?? nameKey(name));
/** The same for all names of one SKU. */
export const skuKey = remember((name) => findSku(name)?.id ?? nameKey(name));

/** For people; a name that nobody knows as it came. */
export const productName = (name: string): string => findProduct(name)?.name ?? name;
export const skuName = (name: string): string => findSku(name)?.name ?? name;
/** GitHub's identifier; a name that nobody knows as it came. */
export const canonicalSku = (name: string): string => findSku(name)?.id ?? name;

/** `Minutes` and `minute` are one unit, and so are `ai-units` and `AICredits`. */
export const unitKey = remember((unit) => {
  const key = nameKey(unit).replace(/s$/, '');
  return AI_CREDITS.has(key) ? 'aicredit' : key;
});
const AI_CREDITS = new Set(['aicredit', 'aiunit', 'credit']);

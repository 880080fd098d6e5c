import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey } from '../../../src/reports/billing/names.ts';
import {
  canonicalSku,
  findBundle,
  findProduct,
  findSku,
  KNOWN_SKUS,
  productKey,
  skuKey,
  skuName,
  unitKey,
} from '../../../src/reports/billing/skus.ts';

/** Names that one enterprise's answers had for one SKU, and names of the same kind. */
const PAIRS: [name: string, identifier: string][] = [
  ['Actions macOS 3-core', 'actions_macos'],
  ['Codespaces compute 8-core', 'codespaces_compute_d8'],
  ['Codespaces compute 2-core', 'codespaces_compute_d2'],
  ['Codespaces compute 32-core', 'codespaces_compute_d32'],
  ['Copilot Business', 'copilot_for_business'],
  ['Copilot AI Credits', 'copilot_ai_credits'],
  ['copilot_ai_credit', 'copilot_ai_credits'],
  ['copilot_ai_unit', 'copilot_ai_credits'],
  ['spark_ai_unit', 'spark_ai_credits'],
  ['Spark AI Credits', 'spark_ai_credits'],
  ['coding_agent_ai_unit', 'coding_agent_ai_unit'],
  ['Packages data transfer', 'packages_bandwidth'],
  ['Actions Linux', 'actions_linux'],
  ['Actions Linux 4-core ARM', 'actions_linux_4_core_arm'],
  ['Actions macOS large', 'actions_macos_l'],
  ['GHAS code security licenses', 'ghas_code_security_licenses'],
];

/** GitHub's page: https://docs.github.com/en/billing/reference/product-and-sku-names */
const DOCUMENTED = `
  actions_cache_storage actions_custom_image_storage actions_linux actions_linux_2_core_advanced
  actions_linux_2_core_arm actions_linux_4_core actions_linux_8_core actions_linux_16_core actions_linux_32_core
  actions_linux_64_core actions_linux_96_core actions_linux_4_core_arm actions_linux_8_core_arm
  actions_linux_32_core_arm actions_linux_64_core_arm actions_linux_4_core_gpu actions_linux_arm actions_linux_slim
  actions_macos actions_macos_l actions_macos_xl actions_storage actions_windows actions_windows_2_core
  actions_windows_2_core_advanced actions_windows_2_core_arm actions_windows_4_core_arm actions_windows_8_core_arm
  actions_windows_32_core_arm actions_windows_64_core_arm actions_windows_4_core actions_windows_8_core
  actions_windows_16_core actions_windows_32_core actions_windows_64_core actions_windows_4_core_gpu
  actions_windows_arm codespaces_compute_d2 codespaces_compute_d4 codespaces_compute_d8 codespaces_compute_d16
  codespaces_compute_d32 codespaces_prebuild_storage codespaces_storage copilot_ai_credits copilot_enterprise
  copilot_for_business copilot_standalone ghas_code_security_licenses ghas_licenses ghas_secret_protection_licenses
  sandbox_linux sandbox_memory sandbox_snapshot ghec_licenses git_lfs_bandwidth git_lfs_storage models_inference
  packages_bandwidth packages_storage spark_ai_credits
  copilot_premium_request coding_agent_premium_request spark_premium_request coding_agent_ai_unit
`
  .trim()
  .split(/\s+/);

/** The same name in another case, with other separators or none. */
const respelled = (name: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...name
        .split(/([\s_-])/)
        .map((part) =>
          /^[\s_-]$/.test(part)
            ? fc.constantFrom('', ' ', '-', '_', '  ')
            : fc.constantFrom(part, part.toUpperCase(), part.toLowerCase()),
        ),
    )
    .map((parts) => parts.join(''));

describe('one SKU under every name', () => {
  test.each(PAIRS)('%s is %s', (name, identifier) => {
    expect(canonicalSku(name)).toBe(identifier);
    expect(skuKey(name)).toBe(skuKey(identifier));
    expect(skuName(name)).toBe(skuName(identifier));
  });

  test('spelling never matters', () => {
    const name = fc.constantFrom(...DOCUMENTED, ...PAIRS.map(([sent]) => sent), 'Code Quality licenses');
    const spelled = name.chain((one) => fc.tuple(fc.constant(one), respelled(one)));
    fc.assert(
      fc.property(spelled, ([one, other]) => {
        expect(skuKey(other)).toBe(skuKey(one));
      }),
    );
  });

  test('two documented SKUs are never one', () => {
    expect(KNOWN_SKUS.map(({ id }) => id).sort()).toEqual(DOCUMENTED.toSorted());
    expect(DOCUMENTED.map(canonicalSku)).toEqual(DOCUMENTED);
    expect(new Set(KNOWN_SKUS.map(({ name }) => nameKey(name)))).toHaveProperty('size', DOCUMENTED.length);
    const two = fc.tuple(fc.constantFrom(...DOCUMENTED), fc.constantFrom(...DOCUMENTED));
    const spelled = two.filter(([a, b]) => a !== b).chain(([a, b]) => fc.tuple(respelled(a), respelled(b)));
    fc.assert(
      fc.property(spelled, ([a, b]) => {
        expect(skuKey(a)).not.toBe(skuKey(b));
      }),
    );
  });

  test('names for people are names of the SKU too', () => {
    for (const { id, name } of KNOWN_SKUS) expect([name, canonicalSku(name)]).toEqual([name, id]);
  });

  test('a name that is not in the table is itself', () => {
    expect(canonicalSku('Code Quality licenses')).toBe('Code Quality licenses');
    expect(skuName('code_quality_licenses')).toBe('code_quality_licenses');
    expect(skuKey('Code Quality licenses')).toBe(skuKey('code_quality_licenses'));
    expect(findSku('constructor')).toBeUndefined();
  });
});

test('products go by their identifier, and by their name with and without GitHub before it', () => {
  for (const name of ['actions', 'Actions', 'GitHub Actions']) expect(productKey(name)).toBe('actions');
  expect(productKey('Git LFS')).toBe('git_lfs');
  expect(productKey('Code Quality')).toBe(productKey('code_quality'));
  const identifiers = 'actions packages codespaces copilot ghas ghec sandbox'.split(' ');
  expect(identifiers.map((id) => findProduct(id)?.id)).toEqual(identifiers);
  for (const { product } of KNOWN_SKUS) expect(findProduct(product)?.id).toBe(product);
});

test('the bundle of AI credits covers three meters, each of them a SKU of its own', () => {
  const covered = KNOWN_SKUS.filter(({ unit }) => unit === findBundle('AI credits')).map(({ id }) => id);
  expect(covered.sort()).toEqual(['coding_agent_ai_unit', 'copilot_ai_credits', 'spark_ai_credits']);
  expect(findBundle('copilot_ai_credits')).toBeUndefined();
});

test('units are one in any spelling and number', () => {
  expect(unitKey('Minutes')).toBe(unitKey('minute'));
  expect(unitKey('UserMonths')).toBe(unitKey('user-months'));
  expect(new Set(['ai-credits', 'AICredits', 'ai-units'].map(unitKey))).toHaveProperty('size', 1);
});

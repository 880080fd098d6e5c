/** Numbers of JSON as the decimals that they are written as, in whole numbers alone. */

/** Enough for the smallest number there is. */
const DECIMALS = 350;
const ONE = 10n ** BigInt(DECIMALS);

export function exact(value: number): bigint {
  const [, sign, whole = '', part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const digits = BigInt(whole + part) * 10n ** BigInt(DECIMALS - part.length + Number(exponent));
  return sign === '-' ? -digits : digits;
}

export const sum = (values: readonly number[]): bigint =>
  values.reduce((total, value) => total + exact(value), 0n);

/** `value × times ÷ by`, to two decimals, half away from zero. */
export function rounded(value: bigint, times = ONE, by = ONE): number {
  const product = 200n * value * times;
  const divisor = by * ONE;
  const size = product < 0n !== divisor < 0n ? -1n : 1n;
  const [top, bottom] = [product < 0n ? -product : product, divisor < 0n ? -divisor : divisor];
  return Number(size * ((top + bottom) / (2n * bottom))) / 100 + 0;
}

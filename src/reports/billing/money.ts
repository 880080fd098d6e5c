/**
 * US dollars, exactly. GitHub sends amounts as JSON numbers with up to nine decimals and more; `big.js` adds them as
 * the decimals they are written as, so that a sum of any number of items is right to the last digit. Rounding to the
 * cent happens once, when a sum is published.
 */
import Big from 'big.js';
import * as words from '../../common/words.ts';

export interface Money {
  readonly gross: Big;
  readonly discount: Big;
  readonly net: Big;
}

export interface Amounts {
  readonly grossAmount: number;
  readonly discountAmount: number;
  readonly netAmount: number;
}

export const ZERO = new Big(0);
export const NOTHING: Money = { gross: ZERO, discount: ZERO, net: ZERO };

export const money = ({ grossAmount, discountAmount, netAmount }: Amounts): Money => ({
  gross: new Big(grossAmount),
  discount: new Big(discountAmount),
  net: new Big(netAmount),
});

export const plus = (a: Money, b: Money): Money => ({
  gross: a.gross.plus(b.gross),
  discount: a.discount.plus(b.discount),
  net: a.net.plus(b.net),
});

export const minus = (a: Money, b: Money): Money => ({
  gross: a.gross.minus(b.gross),
  discount: a.discount.minus(b.discount),
  net: a.net.minus(b.net),
});

export const total = (amounts: Iterable<Money>): Money => Iterator.from(amounts).reduce(plus, NOTHING);

/**
 * A running sum of very many numbers, exact as well. A number that is a whole count of billionths is added as that
 * integer, which takes a fraction of the time; whatever is not, or no longer fits, is left to `big.js`.
 */
export class Sum {
  #billionths = 0;
  #others = ZERO;

  add(value: number): void {
    const whole = Math.round(value * 1e9);
    const sum = this.#billionths + whole;
    // Up to 15 digits, no two decimals are the same floating-point number: `whole` is then what GitHub wrote.
    const isWhole = Math.abs(whole) < 1e15 && whole / 1e9 === value;
    if (isWhole && Number.isSafeInteger(sum)) this.#billionths = sum;
    else this.#others = this.#others.plus(value);
  }

  get total(): Big {
    return this.#others.plus(new Big(this.#billionths).times('1e-9'));
  }
}

/** A running sum of money. */
export class MoneySum {
  readonly #gross = new Sum();
  readonly #discount = new Sum();
  readonly #net = new Sum();

  add({ grossAmount, discountAmount, netAmount }: Amounts): void {
    this.#gross.add(grossAmount);
    this.#discount.add(discountAmount);
    this.#net.add(netAmount);
  }

  get total(): Money {
    return { gross: this.#gross.total, discount: this.#discount.total, net: this.#net.total };
  }
}

/** To the cent, half away from zero. */
export const cents = (amount: Big): number => amount.round(2, Big.roundHalfUp).toNumber() + 0;

/** "$1,234.56". */
export const dollars = (amount: Big | number): string => words.dollars(cents(new Big(amount)));

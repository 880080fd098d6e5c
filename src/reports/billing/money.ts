/**
 * US dollars, exactly. GitHub sends amounts as JSON numbers with up to nine decimals and more; `big.js` adds them as
 * the decimals they are written as, so that a sum of any number of items is right to the last digit. Rounding to the
 * cent happens once, when a sum is published.
 */
import Big from 'big.js';

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
  gross: exact(grossAmount),
  discount: exact(discountAmount),
  net: exact(netAmount),
});

/** Most usage is discounted wholly or not at all, so that every third amount is 0. */
const exact = (amount: number): Big => (amount === 0 ? ZERO : new Big(amount));
const add = (a: Big, b: Big): Big => (b === ZERO ? a : a.plus(b));

export const plus = (a: Money, b: Money): Money => ({
  gross: add(a.gross, b.gross),
  discount: add(a.discount, b.discount),
  net: add(a.net, b.net),
});

export const minus = (a: Money, b: Money): Money => ({
  gross: a.gross.minus(b.gross),
  discount: a.discount.minus(b.discount),
  net: a.net.minus(b.net),
});

export const total = (amounts: Iterable<Money>): Money => Iterator.from(amounts).reduce(plus, NOTHING);

/** To the cent, half away from zero. */
export const cents = (amount: Big): number => amount.round(2, Big.roundHalfUp).toNumber() + 0;

/** "$1,234.56". */
export const dollars = (amount: Big | number): string => DOLLARS.format(cents(new Big(amount)));
const DOLLARS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

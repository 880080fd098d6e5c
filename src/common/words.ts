/** Amounts and sentences as messages, summaries and pages say them. Needs neither Node.js nor a DOM. */

const plain = new Intl.NumberFormat('en-US');
const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', signDisplay: 'negative' });

/** `1,234` */
export const count = (amount: number): string => plain.format(amount);

/** `1 seat`, `1,234 seats`. */
export const counted = (amount: number, one: string, many = `${one}s`): string =>
  `${count(amount)} ${amount === 1 ? one : many}`;

/** `$1,234.56`, and never `-$0.00`. */
export const dollars = (amount: number): string => usd.format(amount);

export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** With a capital letter, and a full stop unless it ends already. */
export const sentence = (text: string): string => `${capitalized(text)}${/[.!?]$/.test(text) ? '' : '.'}`;

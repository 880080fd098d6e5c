/** Amounts and sentences as messages, summaries and pages say them. Needs neither Node.js nor a DOM. */

const plain = new Intl.NumberFormat('en-US');

/** `1,234` */
export const count = (amount: number): string => plain.format(amount);

/** `1 seat`, `1,234 seats`. */
export const counted = (amount: number, one: string, many = `${one}s`): string =>
  `${count(amount)} ${amount === 1 ? one : many}`;

export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** With a capital letter, and a full stop unless it ends already. */
export const sentence = (text: string): string => `${capitalized(text)}${/[.!?]$/.test(text) ? '' : '.'}`;

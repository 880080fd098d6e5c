/** How values read, in every format made for people. Nothing here escapes: that is each writer's own business. */

import { dollars } from '../common/words.ts';
import type { Format, Text } from '../reports/report.ts';

/** What stands where a value is unknown. */
export const UNKNOWN = '–';

const decimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2, signDisplay: 'negative' });

/** 1,234 · 12.5 % · 3 days · 1,200 minutes · 5 GB · $1,234.56 */
export function formatNumber(value: number, format: Format): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  const number = decimals.format(value);
  const plural = /^-?1$/.test(number) ? '' : 's';
  switch (format) {
    case 'percent':
      return `${number} %`;
    case 'days':
      return `${number} day${plural}`;
    case 'minutes':
      return `${number} minute${plural}`;
    case 'gigabytes':
      return `${number} GB`;
    case 'usd':
      return dollars(value);
    default:
      return number;
  }
}

/** Where a person is not named: GitHub gives no login, or one that is an email, or the list has named enough of them. */
export const AN_ACCOUNT = 'an account';
export const isNamed = (login: string): boolean => login !== '' && !login.includes('@');

/** A text without its markup. */
export function plainText(text: Text): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plainText).join('');
  if ('text' in text) return text.text;
  if ('code' in text) return text.code;
  if ('strong' in text) return text.strong;
  if ('repository' in text) return text.repository;
  if ('freeText' in text) return text.freeText;
  const { person } = text as { person: string };
  return isNamed(person) ? person : AN_ACCOUNT;
}

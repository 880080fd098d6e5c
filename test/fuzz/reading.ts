/** Reading what was served: a value that cannot be what it should be is `Unreadable`. */
import type { Answer } from './answers.ts';
import { jsonText } from './github.ts';
import type { Json, Row } from './schema.ts';

/** `undefined` is no value, and `any` one that is not reckoned here. */
export type Metrics = Readonly<Record<string, number | 'any' | undefined>>;

export const blank = (names: readonly string[]): Metrics =>
  Object.fromEntries(names.map((name) => [name, undefined]));

export class Unreadable extends Error {}

/** Whether GitHub itself refused with one of these: a web page is from somebody else. */
export const isRefusal = (answer: Answer, ...statuses: number[]): boolean =>
  answer.kind === 'refused' && statuses.includes(answer.status) && answer.body !== '<html>';

/** What the action can have made of an answer: what it says, or nothing. */
export function deliveries<T>(answer: Answer, read: (bodies: readonly Json[]) => T): (T | undefined)[] {
  if (answer.kind === 'refused' || answer.kind === 'garbage') return [undefined];
  const received: Json[] = answer.bodies.map((body) => JSON.parse(jsonText(body)));
  if (answer.kind === 'sound') return [read(received)];
  try {
    return [read(received), undefined];
  } catch (error) {
    if (error instanceof Unreadable) return [undefined];
    throw error;
  }
}

export function unreadable(): never {
  throw new Unreadable();
}
export const row = (value: Json | undefined): Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : unreadable();
export const rows = (value: Json | undefined): Row[] =>
  Array.isArray(value) ? value.map(row) : unreadable();
export const isNothing = (value: Json | undefined) => value === undefined || value === null;
export const text = (value: Json | undefined): string =>
  isNothing(value) ? '' : typeof value === 'string' ? value : unreadable();
export const flag = (value: Json | undefined): boolean =>
  isNothing(value) || value === '' ? false : typeof value === 'boolean' ? value : unreadable();
export const texts = (value: Json | undefined): string[] =>
  isNothing(value) || value === '' ? [] : Array.isArray(value) ? value.map(string) : unreadable();
export const string = (value: Json | undefined): string => (typeof value === 'string' ? value : unreadable());
/** Nothing that an enterprise has comes to more than a trillion of its unit. */
export const number = (value: Json | undefined): number =>
  typeof value === 'number' && Math.abs(value) <= 1e12 ? value : unreadable();
export const count = (value: Json | undefined): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : unreadable();
export const perhaps = <T>(value: Json | undefined, read: (value: Json | undefined) => T): T | undefined =>
  isNothing(value) ? undefined : read(value);

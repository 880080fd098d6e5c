/** What reports read answers with, beyond Valibot's own: what GitHub cannot mean is an unreadable answer. */
import * as v from 'valibot';
import type { Read } from '../github/resource.ts';

/**
 * Reads a body by its schema.
 *
 * @throws TypeError that names the first field that does not fit, and never its value, which can be about people
 */
export const reader =
  <T>(schema: v.GenericSchema<unknown, T>): Read<T> =>
  (body) => {
    const { issues, output } = v.safeParse(schema, body, { abortEarly: true });
    if (issues === undefined) return output as T;
    throw new TypeError(`${v.getDotPath(issues[0]) ?? 'the answer'} is ${misfit(issues[0])}`);
  };

function misfit({ kind, type, input, expected, message }: v.BaseIssue<unknown>): string {
  if (input === undefined) return 'missing';
  // The messages of our own checks, which go on like this one.
  if (type === 'custom' || type === 'check') return message;
  if (kind === 'schema') return `no ${expected?.replace(/^(Array|Object)$/, (name) => name.toLowerCase())}`;
  return expected === null ? `no ${type.replaceAll('_', ' ')}` : `no number ${expected}`;
}

/** Valibot's `object` takes a list for one, in which every optional field is missing. */
export const object = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom<v.InferInput<v.ObjectSchema<Entries, undefined>>>((value) => !Array.isArray(value), 'no object'),
    v.object(entries),
  );

/** An amount or a quantity. No enterprise has a trillion of anything, and cents are no longer exact far beyond it. */
export const number = v.pipe(v.number(), v.minValue(-1e12), v.maxValue(1e12));

/** Of people, seats, licenses. */
export const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What reports read answers with, beyond Valibot's own: what GitHub cannot mean is an unreadable answer. */
import * as v from 'valibot';

/** Valibot's `object` takes a list for one, in which every optional field is missing. */
export const object = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom<v.InferInput<v.ObjectSchema<Entries, undefined>>>(
      (value) => !Array.isArray(value),
      'a list in place of an object',
    ),
    v.object(entries),
  );

/** An amount or a quantity. No enterprise has a trillion of anything, and cents are no longer exact far beyond it. */
export const number = v.pipe(v.number(), v.minValue(-1e12), v.maxValue(1e12));

/** Of people, seats, licenses. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What a GitHub answers in one run: sound, tampered with, refused, or nothing that GitHub would send. */
import fc from 'fast-check';
import type { Dialect } from '../simulator/dialects.ts';
import { type Json, text } from './schema.ts';
import { sound } from './sound.ts';

/** `bodies` are the pages of a listing; of usage that of no cost center and of each. */
export type Answer =
  | { readonly kind: 'sound'; readonly bodies: readonly Json[] }
  /** One value of one body is another than it was. */
  | { readonly kind: 'tampered'; readonly bodies: readonly Json[] }
  | { readonly kind: 'refused'; readonly status: number; readonly body: Json }
  /** A 200 with this text. */
  | { readonly kind: 'garbage'; readonly text: string };

export type Endpoint = keyof ReturnType<typeof sound>;
export type Answers = { readonly [Name in Endpoint]: Answer };

/** Stands for a number that JSON can write and that no computer holds. */
export const BEYOND = '\u0001beyond all numbers';

const odd: fc.Arbitrary<Json | undefined> = fc.constantFrom<(Json | undefined)[]>(
  ...[undefined, null, '', ' ', 'text', '12', true, false, 0, -1, 0.5, 1e12, 1e21, 1e300, 5e-324, BEYOND],
  ...[[], {}, [[]], [null], [{}], ['a'], { a: { b: [] } }, JSON.parse('{"__proto__": []}')],
);

/** Replaces, or removes, one value: the one at place `at` of all places, counted through. */
function tamper(body: Json, at: number, value: Json | undefined): Json {
  const copy: { body: Json } = structuredClone({ body });
  const places: [holder: Record<string, Json>, key: string][] = [];
  const walk = (holder: Record<string, Json>) => {
    for (const [key, inner] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof inner === 'object' && inner !== null) walk(inner as Record<string, Json>);
    }
  };
  walk(copy);
  const [holder, key] = places[at % places.length] as (typeof places)[number];
  if (value === undefined && holder !== copy) delete holder[key];
  else holder[key] = value ?? null;
  return copy.body;
}

const refusal: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant('refused' as const),
  status: fc.constantFrom(400, 401, 403, 404, 410, 418, 422, 451, 500, 502, 503, 301),
  body: fc.oneof(
    fc.record({
      message: text,
      documentation_url: text,
      errors: fc.constantFrom<Json[]>(null, [], [{}, 1], 'x'),
    }),
    fc.constantFrom<Json[]>('<html>', '', null, [], { message: { a: 1 } }),
  ),
});

const garbage: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant('garbage' as const),
  text: fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '{',
      '[]',
      'null',
      '0',
      '"text"',
      '{}',
      '{"message":"Moved"}',
      '<!DOCTYPE html><p>x',
    ),
    fc.json(),
    fc.string({ unit: 'binary' }),
  ),
});

function faulty(of: fc.Arbitrary<Json[]>): fc.Arbitrary<Answer> {
  const tampered = fc.tuple(of, fc.nat(), fc.nat(), odd).map(([all, body, at, value]): Answer => {
    const place = body % all.length;
    const changed = all.map((one, index) => (index === place ? tamper(one, at, value) : one));
    return { kind: 'tampered', bodies: changed };
  });
  return fc.oneof(
    { weight: 3, arbitrary: tampered },
    { weight: 1, arbitrary: refusal },
    { weight: 1, arbitrary: garbage },
  );
}

/** All sound at times, mostly with a few that are not, and seldom with none that is. */
export const answersIn = (dialect: Dialect): fc.Arbitrary<Answers> => {
  const endpoints = Object.entries(sound(dialect));
  return fc
    .oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 6, arbitrary: fc.subarray(endpoints, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.constant(endpoints) },
    )
    .chain((faults) =>
      fc.record(
        Object.fromEntries(
          endpoints.map(([name, of]) => [
            name,
            faults.some(([fault]) => fault === name)
              ? faulty(of)
              : of.map((bodies): Answer => ({ kind: 'sound', bodies })),
          ]),
        ),
      ),
    ) as fc.Arbitrary<Answers>;
};

/** Values out of GitHub's OpenAPI schemas: what each endpoint may answer, with text that is hostile at times. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { hostileText } from '../output/reading.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Row = { [key: string]: Json };

interface Schema {
  type?: string;
  nullable?: boolean;
  enum?: Json[];
  oneOf?: Schema[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

type Document = Record<
  string,
  Record<
    string,
    { get: { responses: Record<string, { content: { 'application/json': { schema: Schema } } }> } }
  >
>;
const openapi: Document = JSON.parse(
  readFileSync(new URL('../fixtures/openapi.json', import.meta.url), 'utf8'),
);

/** What stands in a field of this name. The others are filled by their type alone. */
export type Fields = Readonly<Record<string, fc.Arbitrary<Json>>>;

/** Bodies of a 200 from `path`, such as `/enterprises/{enterprise}/consumed-licenses`. */
export function bodies(host: 'ghec' | 'ghes-3.19', path: string, fields: Fields): fc.Arbitrary<Row> {
  const schema = openapi[host]?.[path]?.get.responses['200']?.content['application/json'].schema;
  if (!schema) throw new Error(`openapi.json has no ${path}`);
  return valuesOf(schema, fields) as fc.Arbitrary<Row>;
}

function valuesOf(schema: Schema, fields: Fields): fc.Arbitrary<Json> {
  const value = plainValuesOf(schema, fields);
  return schema.nullable ? fc.option(value, { freq: 8 }) : value;
}

function plainValuesOf(schema: Schema, fields: Fields): fc.Arbitrary<Json> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((one) => valuesOf(one, fields)));
  if (schema.properties) return objectOf(schema.properties, schema.required ?? [], fields);
  switch (schema.type) {
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, fields), { maxLength: 12, size: 'max' });
    case 'integer':
      return fc.oneof(fc.nat({ max: 50 }), fc.nat());
    case 'number':
      return amount;
    case 'boolean':
      return fc.boolean();
    default:
      return text;
  }
}

function objectOf(
  properties: Record<string, Schema>,
  required: readonly string[],
  fields: Fields,
): fc.Arbitrary<Row> {
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, fields[name] ?? valuesOf(schema, fields)]),
  );
  // What GitHub may leave out it seldom does. Fields that this action asks for are in `fields` and always there.
  const optional = Object.keys(properties).filter((name) => !required.includes(name) && !(name in fields));
  return fc
    .tuple(fc.record(values), fc.subarray(optional, { maxLength: Math.min(1, optional.length) }))
    .map(([row, left]) => Object.fromEntries(Object.entries(row).filter(([name]) => !left.includes(name))));
}

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'acme', 'Beta', 'a b') },
  hostileText,
);

/** Up to twelve decimals, as GitHub sends amounts. */
export const amount: fc.Arbitrary<number> = fc
  .tuple(fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(1_000_000_000)), fc.nat(12))
  .map(([whole, decimals]) => Number(`${whole}e-${decimals}`));

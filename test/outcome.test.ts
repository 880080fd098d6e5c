import { describe, expect, test } from 'vitest';
import { gateSentence, headline, statusOf } from '../src/outcome.ts';
import type { Level } from '../src/thresholds.ts';
import { judged as judgedBy } from './outcomes.ts';

const MEASURES = {
  users: 5,
  'seats-available': -500,
  'cost-gross': 1_234_567.5,
  servers: { absent: 'nothing-to-measure', why: 'no server is connected' },
  'cost-net': { absent: 'not-delivered', why: 'no permission' },
} as const;
const judged = (text: string, level?: Level) => judgedBy(text, MEASURES, level);

test('error wins over fail over warn over pass', () => {
  const pass = judged('users: above 5');
  const warn = judged('users: above 1', 'warn');
  const fail = judged('users: above 1');
  const error = judged('cost-net: above 1');
  expect(statusOf([], [])).toBe('pass');
  expect(statusOf([...pass, ...warn], [])).toBe('warn');
  expect(statusOf([...warn, ...fail], [])).toBe('fail');
  expect(statusOf([...fail, ...error], [])).toBe('error');
  expect(statusOf([...fail], ['something'])).toBe('error');
});

test.each([
  ['seats-available: below 0', 'seats-available is -500 (fail-on: below 0)'],
  ['cost-gross: above 1000000', 'cost-gross is 1,234,567.5 (fail-on: above 1000000)'],
  ['servers: above 1', 'servers has nothing to measure (fail-on: above 1): no server is connected'],
  ['cost-net: above 1', 'cost-net has no value (fail-on: above 1): no permission'],
])('%s reads: %s', (text, sentence) => {
  expect(judged(text).map(gateSentence)).toEqual([sentence]);
});

describe('the headline', () => {
  test.each([
    ['users: above 9', [], 'The gate passes.'],
    ['users: above 9\nseats-available: below -999', [], 'All 2 gates pass.'],
    ['seats-available: below 0', [], '1 bound crossed: seats-available is -500 (fail-on: below 0).'],
    [
      'cost-net: above 1',
      [],
      '1 gate could not be checked: cost-net has no value (fail-on: above 1): no permission.',
    ],
    ['users: above 9', ['x'], 'The report could not be completed.'],
    [
      'seats-available: below 0',
      ['x'],
      'The report could not be completed. 1 bound crossed: seats-available is -500 (fail-on: below 0).',
    ],
    [
      'cost-net: above 1\nusers: above 1',
      [],
      '1 gate could not be checked: cost-net has no value (fail-on: above 1): no permission. 1 bound crossed: users is 5 (fail-on: above 1).',
    ],
  ])('%j with errors %j', (text, errors, expected) => {
    const judgements = judged(text);
    expect(headline(statusOf(judgements, errors), judgements, errors, MEASURES)).toBe(expected);
  });

  test('names what the status comes from, and no gate beside it', () => {
    const judgements = [
      ...judged('users: above 1'),
      ...judged('users: below 9', 'warn'),
      ...judged('users: above 9'),
    ];
    expect(headline('fail', judgements, [], MEASURES)).toBe(
      '1 bound crossed: users is 5 (fail-on: above 1).',
    );
    expect(headline('warn', judgements.slice(1), [], MEASURES)).toBe(
      '1 warning: users is 5 (warn-on: below 9).',
    );
  });

  test('counts warnings', () => {
    const judgements = judged('users: above 1\nseats-available: below 0', 'warn');
    expect(headline('warn', judgements, [], MEASURES)).toMatch(
      /^2 warnings: users is 5 \(warn-on: above 1\); seats-available/,
    );
  });

  test.each([
    ['', 'No gate is set.'],
    ['users: above 9', 'The gate passes.'],
    ['users: above 1', '1 bound crossed: users is 5 (fail-on: above 1).'],
  ])('tells seats over whatever the gates are: %j', (text, rest) => {
    const judgements = judged(text);
    const told = (over: number) =>
      headline(statusOf(judgements, []), judgements, [], { ...MEASURES, 'seats-over': over });
    expect(told(1)).toBe(`1 more seat is consumed than was purchased. ${rest}`);
    expect(told(1400)).toBe(`1,400 more seats are consumed than were purchased. ${rest}`);
    expect(told(0)).toBe(rest);
  });
});

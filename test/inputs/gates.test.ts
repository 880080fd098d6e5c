import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGates } from '../../src/inputs/gates.ts';
import { METRIC_NAMES } from '../../src/metrics.ts';
import type { Gate } from '../../src/thresholds.ts';

const gate = (text: string, level: Gate['level'] = 'fail'): Gate => {
  const { gates, problems } = parseGates(text, level);
  expect(problems).toEqual([]);
  expect(gates).toHaveLength(1);
  return gates[0] as Gate;
};

describe('reading bounds', () => {
  test('reads a mapping of metrics to bounds, one or several a metric', () => {
    const { gates, problems } = parseGates(
      'seats-available: below   0\nseats-used-percent: [above 95.5%, "below 20 %"]\ncost-net:\n  - above 1000 # dollars\n',
      'warn',
    );
    expect(problems).toEqual([]);
    expect(gates).toEqual([
      { level: 'warn', metric: 'seats-available', direction: 'below', limit: 0, bound: 'below 0' },
      { level: 'warn', metric: 'seats-used-percent', direction: 'above', limit: 95.5, bound: 'above 95.5' },
      { level: 'warn', metric: 'seats-used-percent', direction: 'below', limit: 20, bound: 'below 20' },
      { level: 'warn', metric: 'cost-net', direction: 'above', limit: 1000, bound: 'above 1000' },
    ]);
  });

  test('has no gates and no problems when nothing was given', () => {
    expect(parseGates(' \n ', 'fail')).toEqual({ gates: [], problems: [] });
  });

  test.each([
    [
      'an unknown metric',
      'seats-ovr: above 5',
      'names "seats-ovr", which is no metric. Did you mean "seats-over"?',
    ],
    ['underscores for hyphens', 'seats_over: above 5', 'Did you mean "seats-over"?'],
    ['an operator that YAML reads as a folded text', 'seats-over: >5', 'write "above 5" for > 5'],
    [
      'an operator in quotes',
      'seats-over: "> 5"',
      'has "> 5" for seats-over, which is no bound: write "above 5"',
    ],
    ['an operator below', 'seats-over: "<= 5"', 'write "below 5"'],
    ['an operator with a space', 'seats-over: > 5', 'Write "above 5" for > 5'],
    ['operators of both kinds', 'users:   <  -12.25\nseats-over: > 4', 'Write "below -12.25" for < -12.25'],
    ['an operator with an equals sign', 'seats-over: >= 5.5', 'Write "above 5.5" for > 5.5'],
    ['a bare number', 'seats-over: 5', 'write "above 5" or "below 5"'],
    ['a missing space after the colon', 'seats-over:above 5', 'Put a space after the colon'],
    [
      'a missing space in the second line',
      'seats-over: above 5\nusers:above 5',
      'Put a space after the colon',
    ],
    [
      'lines folded into one by ">"',
      'seats-over: above 5 seats-available: below 0',
      'Use "fail-on: |" rather than "fail-on: >"',
    ],
    ['a duplicate key', 'seats-over: above 5\nseats-over: above 6', 'Map keys must be unique'],
    ['an anchor', 'seats-over: &limit above 5', 'uses an anchor (&)'],
    ['an alias', 'seats-over: *limit', 'uses an alias (*)'],
    ['a tag', 'seats-over: !!str above 5', 'uses a tag (!)'],
    ['a merge key', '<<: {seats-over: above 5}', 'uses a merge key (<<)'],
    ['a list at the top', '- seats-over: above 5', 'is no mapping of metrics to bounds'],
    ['a text at the top', 'above 5', 'is no mapping of metrics to bounds'],
    ['comments only', '# seats-over: above 5', 'Only comments were found'],
    ['an empty mapping', '{}', 'has no bound'],
    ['no bound', 'seats-over:', 'has "" for seats-over, which is no bound'],
    ['an empty list', 'seats-over: []', 'has an empty list for seats-over'],
    ['a mapping for a bound', 'seats-over: {above: 5}', 'which is no bound'],
    [
      'a percent sign on what is no percentage',
      'seats-over: above 5%',
      '"%" may follow only for percentages, and seats-over is none',
    ],
    ['an exponent', 'seats-over: above 1e3', 'which is no bound'],
    ['a thousands separator', 'seats-over: above 1,000', 'which is no bound'],
    ['upper case', 'seats-over: Above 5', 'which is no bound'],
    ['no digit before the point', 'seats-over: above .5', 'which is no bound'],
    ['a number beyond all numbers', `seats-over: above ${'9'.repeat(400)}`, 'the number is too large'],
    ['several documents', 'seats-over: above 5\n---\nusers: above 5', 'is not valid YAML'],
    ['a key that is no text', '? [seats-over]\n: above 5', 'has a key that is no metric name'],
    ['a bound on two lines', 'seats-over: |\n  above 5\n  above 6', 'which is no bound'],
  ])('refuses %s, with a hint', (_, text, message) => {
    const { gates, problems } = parseGates(text, 'fail');
    expect(gates).toEqual([]);
    expect(problems.join('\n')).toContain(message);
  });

  const EXAMPLE = 'write "above NUMBER" or "below NUMBER", such as "seats-available: below 0"';
  test.each([
    ['users: " <-12.25 or so"', 'has " <-12.25 or so" for users, which is no bound: write "below -12.25"'],
    ['users: " >= 12.25"', 'has " >= 12.25" for users, which is no bound: write "above 12.25"'],
    ['users: "=> 5"', 'has "=> 5" for users, which is no bound: write "above 5" or "below 5"'],
    ['users: 1 < 5', 'has "1 < 5" for users, which is no bound: write "above 1" or "below 1"'],
    ['users: many', `has "many" for users, which is no bound: ${EXAMPLE}`],
    ['users: above 5 below 9', `has "above 5 below 9" for users, which is no bound: ${EXAMPLE}`],
    ['users: not above 5', `has "not above 5" for users, which is no bound: ${EXAMPLE}`],
    [
      'users: " "',
      `has " " for users, which is no bound: ${EXAMPLE} (after ">" or "|" YAML reads a text block: write "above 5" for > 5)`,
    ],
    ['users: above $100', 'has "above $100" for users, which is no bound: write "above 100"'],
    ['users: above 20,000', 'has "above 20,000" for users, which is no bound: write "above 20000"'],
    [
      'users: $1,000.50',
      'has "$1,000.50" for users, which is no bound: write "above 1000.50" or "below 1000.50"',
    ],
    ['users: over 5', 'has "over 5" for users, which is no bound: write "above 5"'],
    ['users: Below 5', 'has "Below 5" for users, which is no bound: write "below 5"'],
    ['users: under -5', 'has "under -5" for users, which is no bound: write "below -5"'],
    ['users: less than 5 seats', 'has "less than 5 seats" for users, which is no bound: write "below 5"'],
    ['users: more than 5', 'has "more than 5" for users, which is no bound: write "above 5"'],
    ['users: above .5', 'has "above .5" for users, which is no bound: write "above 0.5"'],
    ['users: above +5', 'has "above +5" for users, which is no bound: write "above 5"'],
    ['users: above5', 'has "above5" for users, which is no bound: write "above 5"'],
    ['users: below −5', 'has "below −5" for users, which is no bound: write "below -5"'],
    ['users: overdue 5', `has "overdue 5" for users, which is no bound: ${EXAMPLE}`],
    ['users: above 1e3', `has "above 1e3" for users, which is no bound: ${EXAMPLE}`],
    ['users: above 1,00', `has "above 1,00" for users, which is no bound: ${EXAMPLE}`],
    ['users: above 5k', `has "above 5k" for users, which is no bound: ${EXAMPLE}`],
    ['users: above 1.2.3', `has "above 1.2.3" for users, which is no bound: ${EXAMPLE}`],
    [
      'users: above\u00a05',
      'has "above<U+00A0>5" for users, which is no bound: write "above 5"; yours has U+00A0 in it, which looks like a plain character or like nothing',
    ],
    [
      'users: above 5\u200b',
      'has "above 5<U+200B>" for users, which is no bound: write "above 5"; yours has U+200B in it, which looks like a plain character or like nothing',
    ],
    [
      'users:\u00a0above 5',
      `is no mapping of metrics to bounds: ${EXAMPLE}. Put a space after the colon. It has U+00A0 in it, which looks like a plain character or like nothing`,
    ],
    [
      'users\u00a0: above 5',
      'names "users<U+00A0>", which is no metric. Did you mean "users"? All metrics: docs/metrics.md',
    ],
    ['above 5', `is no mapping of metrics to bounds: ${EXAMPLE}`],
    ['a # b - c', `is no mapping of metrics to bounds: ${EXAMPLE}`],
    ['  - users: above 5', `is no mapping of metrics to bounds: ${EXAMPLE}. Write no dash before the metric`],
    [
      '  # users: above 5',
      `is no mapping of metrics to bounds: ${EXAMPLE}. Only comments were found; leave the input empty for no gate`,
    ],
    ['  users:above 5', `is no mapping of metrics to bounds: ${EXAMPLE}. Put a space after the colon`],
  ])('says of %j exactly: %s', (text, problem) => {
    expect(parseGates(text, 'fail').problems[0]).toBe(problem);
  });

  test('says where the YAML is wrong, on one line', () => {
    for (const text of ['users: [above 5', 'users: "']) {
      expect(parseGates(text, 'fail').problems[0]).toMatch(/^is not valid YAML: .+ at line \d+, column \d+$/);
    }
  });

  test('writes out what cannot be seen in what the parser quotes', () => {
    expect(parseGates('%\u0000', 'fail').problems.join('\n')).toContain(
      'Unknown directive %<U+0000> at line 1',
    );
  });

  test('reports every problem at once, and gives no gate at all when there is one', () => {
    const { gates, problems } = parseGates('seats-over: 5\nusers: above 1\nuserz: above 1', 'fail');
    expect(problems).toHaveLength(2);
    expect(gates).toEqual([]);
  });

  test('never throws and never ignores: a text that is not blank has gates or problems', () => {
    const yamlish = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\n',
        ':',
        '-',
        '{',
        '}',
        '[',
        ']',
        '&',
        '*',
        '!',
        '#',
        '|',
        '>',
        '"',
        "'",
        '5',
        'seats-over',
        'above',
        'users: above 5',
        '\t',
        '%',
        '<<',
        '?',
        ',',
        '---',
      ),
    });
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' })), (text) => {
        const { gates, problems } = parseGates(text, 'fail');
        if (text.trim() !== '') expect(gates.length > 0).toBe(problems.length === 0);
      }),
      { numRuns: 500 },
    );
  });

  test('reads back every bound that can be written', () => {
    const numbers = fc
      .tuple(fc.boolean(), fc.nat(), fc.option(fc.nat(999), { nil: undefined }))
      .map(
        ([negative, whole, part]) => `${negative ? '-' : ''}${whole}${part === undefined ? '' : `.${part}`}`,
      );
    fc.assert(
      fc.property(
        fc.constantFrom(...METRIC_NAMES),
        fc.constantFrom('above', 'below'),
        numbers,
        (metric, direction, number) => {
          expect(gate(`${metric}: ${direction} ${number}`)).toEqual({
            level: 'fail',
            metric,
            direction,
            limit: Number(number),
            bound: `${direction} ${number}`,
          });
        },
      ),
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { Measures } from '../../src/metrics.ts';
import { composeDocument } from '../../src/output/document.ts';
import { EMPTY_REPORT, type Figure, type Tone } from '../../src/reports/report.ts';
import { judged, outcomeOf } from '../outcomes.ts';

const MEASURES: Measures = { users: 7, 'seats-consumed': 7, 'seats-used-percent': 70 };

function documentOf(figures: readonly Figure[], { fail = '', warn = '' } = {}) {
  const outcome = outcomeOf({
    measures: MEASURES,
    judgements: [...judged(fail, MEASURES), ...judged(warn, MEASURES, 'warn')],
    reports: [{ ...EMPTY_REPORT, name: 'licenses', title: 'Licenses', measures: MEASURES, figures }],
  });
  return composeDocument(outcome, []);
}

describe('the colour of a figure', () => {
  const figure = (tone?: Tone): Figure => ({
    label: 'Seats',
    value: 7,
    format: 'number',
    metrics: ['seats-consumed', 'seats-used-percent'],
    ...(tone && { tone }),
  });
  const [crossed, held, other] = [
    'seats-used-percent: above 60',
    'seats-used-percent: above 90',
    'users: above 5',
  ];

  test.each<[own: Tone | undefined, gates: { fail?: string; warn?: string }, shown: Tone | undefined]>([
    ['good', {}, 'good'],
    ['good', { warn: crossed }, 'warn'],
    ['good', { fail: crossed }, 'bad'],
    ['good', { fail: crossed, warn: crossed }, 'bad'],
    [undefined, { warn: crossed }, 'warn'],
    ['bad', { warn: crossed }, 'bad'],
    ['warn', { fail: held }, 'warn'],
    ['good', { fail: held, warn: held }, 'good'],
    ['good', { fail: other, warn: other }, 'good'],
    // A gate that could not be checked has not shown that the figure is right.
    ['good', { fail: 'seats-consumed: above 9\nseats-change: above 1' }, 'good'],
  ])('that is %s is with %j %s', (own, gates, shown) => {
    expect(documentOf([figure(own)], gates).figures.map(({ tone }) => tone)).toEqual([shown]);
  });
});

test('the figures of all reports stand at the top, eight at most', () => {
  const figures = Array.from({ length: 9 }, (_, value): Figure => ({ label: 'x', value, format: 'number' }));
  expect(documentOf(figures).figures.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

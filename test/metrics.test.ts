import { expect, test } from 'vitest';
import {
  allAbsent,
  HISTORY_METRICS,
  METRIC_NAMES,
  type MeasuresOf,
  metricsOf,
  notDelivered,
  REPORT_NAMES,
} from '../src/metrics.ts';
import type { Context } from '../src/reports/context.ts';
import { makeReports, measuresOf } from '../src/reports/index.ts';

test('every metric is of one report, of every run, or of the history', () => {
  const all = [...(['any', ...REPORT_NAMES] as const).flatMap((name) => metricsOf(name)), ...HISTORY_METRICS];
  expect(all.toSorted()).toEqual(METRIC_NAMES.toSorted());
  expect(new Set(all).size).toBe(all.length);
});

test('a report that leaves a metric out does not compile', () => {
  const rest = { servers: 2, 'servers-failing': 1, 'servers-stale': 0 };
  const whole: MeasuresOf<'sync-status'> = { ...rest, 'oldest-sync-days': 0.5 };
  // @ts-expect-error `oldest-sync-days` is missing
  const incomplete: MeasuresOf<'sync-status'> = rest;
  expect(Object.keys(whole)).toEqual(metricsOf('sync-status'));
  expect(incomplete).not.toHaveProperty('oldest-sync-days');
});

test('metrics of a report that failed were not delivered, each of them', async () => {
  const broken = { inputs: { reports: REPORT_NAMES, enterprise: 'acme' } } as unknown as Context;
  const reports = await makeReports(broken);
  expect(reports.failed.map(({ name }) => name)).toEqual(REPORT_NAMES);
  const measures = measuresOf(reports);
  for (const name of REPORT_NAMES)
    expect(measures).toMatchObject(allAbsent(metricsOf(name), notDelivered(`the ${name} report failed`)));
  expect(Object.keys(measures)).toHaveLength(
    METRIC_NAMES.length - HISTORY_METRICS.length - metricsOf('any').length,
  );
});

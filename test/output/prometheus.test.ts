/** What metrics.prom holds, read by Prometheus's own reader and by somebody else's. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METRIC_NAMES } from '../../src/metrics.ts';
import { prometheusText } from '../../src/output/prometheus.ts';
import { isOurs } from '../../src/report-files.ts';
import { NOW } from '../clock.ts';
import { outcomeOf } from '../outcomes.ts';
import { haveTools } from '../tools.ts';
import { gaugesOf, hostileText } from './reading.ts';

const labels = { enterprise: 'acme', host: 'api.github.com' };

test('a metric that does not exist for the run is no gauge, and one that is 0 is', () => {
  const gauges = gaugesOf(
    prometheusText(outcomeOf({ metrics: { 'seats-available': -12.5, 'seats-over': 0 } })),
  );
  expect(Object.keys(gauges)).toEqual([
    'status',
    'last_run_timestamp_seconds',
    'seats_available',
    'seats_over',
  ]);
  expect(gauges.seats_available).toEqual([{ labels, value: '-12.5' }]);
  expect(gauges.seats_over).toEqual([{ labels, value: '0' }]);
});

test.each([
  ['pass', []],
  ['error', ['GitHub answered 404.']],
])('the status %s is 1, and the others are 0', (status, errors) => {
  const { status: samples } = gaugesOf(prometheusText(outcomeOf({ errors })));
  expect(Object.fromEntries(samples?.map((one) => [one.labels?.status, Number(one.value)]) ?? [])).toEqual({
    ...{ pass: 0, warn: 0, fail: 0, error: 0 },
    [status]: 1,
  });
});

test('the time of the run is in seconds', () => {
  const { last_run_timestamp_seconds: samples } = gaugesOf(prometheusText(outcomeOf()));
  expect(Number(samples?.[0]?.value)).toBe(NOW.getTime() / 1000);
});

test('help says what the metric is, and in what unit', () => {
  const text = prometheusText(outcomeOf({ metrics: { 'cost-net': 3, 'servers-stale': 1 } }));
  expect(text).toContain(
    '# HELP enterprise_license_report_cost_net Cost after discounts in the period, over all cost centers (US dollars)\n',
  );
  expect(isOurs('metrics.prom', text)).toBe(true);
  expect(isOurs('metrics.prom', text.replaceAll('\n', '\r\n'))).toBe(true);
  expect(isOurs('metrics.prom', '# HELP node_load1 Load\n')).toBe(false);
});

/** Of a run with one metric: the status has six, the time and the metric three each. */
const LINES = 12;

test('a host with a port keeps it, and any name comes back from its label as it is', () => {
  fc.assert(
    fc.property(hostileText, (enterprise) => {
      // A half character and an empty label are none in the format; the reader splits at line breaks of its own.
      fc.pre(enterprise !== '' && enterprise.isWellFormed() && !/\r|^\s|\s$/.test(enterprise));
      const text = prometheusText(
        outcomeOf({ enterprise, apiUrl: 'https://ghe.example:8443/api/v3', metrics: { users: 1 } }),
      );
      const { users } = gaugesOf(text);
      expect(users).toEqual([{ labels: { enterprise, host: 'ghe.example:8443' }, value: '1' }]);
      expect(text.split('\n')).toHaveLength(LINES + 1);
    }),
  );
});

describe.skipIf(!haveTools('promtool'))('promtool', () => {
  const check = (text: string) =>
    spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  /** Names follow the metric, and not Prometheus's base units. */
  const REMARKS = {
    minutes: 'use base unit "seconds" instead of "minutes"',
    days: 'use base unit "seconds" instead of "days"',
    gb: 'metric names should not contain abbreviated units',
  };
  const everything = Object.fromEntries(METRIC_NAMES.map((name, index) => [name, index - 3.25]));

  test('reads every metric, and dislikes only units that are none of its own', () => {
    const { status, stdout, stderr } = check(prometheusText(outcomeOf({ metrics: everything })));
    // 3: parsed, with remarks.
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    const remarks = stderr.trim().split('\n');
    const expected = METRIC_NAMES.flatMap((metric) => {
      const words = metric.split('-');
      const unit = (['minutes', 'days', 'gb'] as const).find((one) => words.includes(one));
      return unit ? [`enterprise_license_report_${words.join('_')} ${REMARKS[unit]}`] : [];
    });
    expect(remarks.toSorted()).toEqual(expected.toSorted());
  });

  test.each(['a "quoted" \\ name', 'two\nlines', '日本語 👩‍💻', '{x="y"} 5'])(
    'reads the label %j',
    (enterprise) => {
      const { status, stderr } = check(prometheusText(outcomeOf({ enterprise, metrics: { users: 1 } })));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});

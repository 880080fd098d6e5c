/** `metrics.prom`: the run as gauges, in the text format of Prometheus. */
import { describeMetric, METRICS, type MetricName } from '../metrics.ts';
import { type Outcome, STATUSES } from '../outcome.ts';
import { PROMETHEUS_PREFIX } from '../report-files.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [Labels, number];

/**
 * A gauge each for the status, the time of the run and every metric that has a value. Percentages are 0 to 100, as
 * everywhere else. https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function prometheusText({ enterprise, apiUrl, generatedAt, metrics, status }: Outcome): string {
  const run = { enterprise, host: new URL(apiUrl).host };
  return [
    gauge(
      'status',
      '1 for what the run came to, 0 for the rest',
      STATUSES.map((one) => [{ ...run, status: one }, Number(one === status)]),
    ),
    gauge('last_run_timestamp_seconds', 'When the run took place, in seconds since 1970', [
      [run, generatedAt.getTime() / 1000],
    ]),
    ...Object.entries(metrics).map(([metric, value]) =>
      gauge(metric.replaceAll('-', '_'), describeMetric(METRICS[metric as MetricName]), [[run, value]]),
    ),
  ].join('');
}

function gauge(metric: string, help: string, samples: readonly Sample[]): string {
  const name = `${PROMETHEUS_PREFIX}_${metric}`;
  const lines = [
    `# HELP ${name} ${escaped(help)}`,
    `# TYPE ${name} gauge`,
    ...samples.map(([labels, value]) => `${name}{${labelPairs(labels)}} ${value}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const labelPairs = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
    .join(',');

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

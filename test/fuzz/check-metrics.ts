/** The metrics of a run against those that follow from what was served. */
import { expect } from 'vitest';
import { HISTORY_METRICS } from '../../src/metrics.ts';
import { csvRows } from '../output/reading.ts';
import { expectedMetrics } from './expected.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

/** Those that follow from other runs, and from headers. */
const OTHERS: ReadonlySet<string> = new Set([...HISTORY_METRICS, 'token-days-left']);

/** Every metric that can be reckoned from what was served is published so, and one that cannot be told is not. */
export function checkMetrics({ outputs, metrics, contents }: Run, scenario: Scenario): void {
  const all: Run['metrics'] = { ...metrics, ...countCandidates(contents['candidates.csv']) };
  const expected = expectedMetrics(scenario.answers, scenario);
  const names = Object.keys(metrics).filter((name) => !OTHERS.has(name));
  expect(
    names.filter((name) => !expected.has(name)),
    'metrics that are not reckoned anew',
  ).toEqual([]);
  for (const [name, values] of expected) {
    const published = all[name];
    const isRight = [...values].some((value) =>
      value === 'any' || value === undefined || published === undefined
        ? value === 'any' || value === published
        : // Two roundings may part at the half of a cent.
          Math.abs(value - published) <= (INEXACT.test(name) ? 0.011 : 0),
    );
    expect(isRight, `${name} is ${published} and should be ${[...values].join(' or ')}`).toBe(true);
  }
  for (const [name, value] of Object.entries(outputs)) {
    if (name in metrics || value === '') continue;
    expect(name, `${name} is ${value}`).toMatch(/^(status|breaches|metrics|report-directory|files)$/);
  }
}

/** Rows of `candidates.csv` by reason, and what those of a license cost where any has a price. */
function countCandidates(csv: string | undefined): Record<string, number> {
  if (csv === undefined) return {};
  const counts: Record<string, number> = {};
  const add = (name: string, value: number) => {
    if (value !== 0) counts[`candidates ${name}`] = (counts[`candidates ${name}`] ?? 0) + value;
  };
  for (const { license, reason, cost_per_month: cost } of csvRows(csv)) {
    add(`${reason}`, 1);
    add(`${license} cost`, Number(cost));
  }
  return counts;
}

const INEXACT = /percent$|^storage-gb|days|^candidates .* cost$/;

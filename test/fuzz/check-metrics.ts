/** The metrics of a run against those that follow from what was served. */
import { expect } from 'vitest';
import { expectedMetrics } from './expected.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

/** Every metric that can be reckoned from what was served is published so, and one that cannot be told is not. */
export function checkMetrics({ outputs, metrics }: Run, scenario: Scenario): void {
  for (const [name, values] of expectedMetrics(scenario.answers, scenario)) {
    const published = metrics[name];
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
const INEXACT = /percent$|^storage-gb|days/;

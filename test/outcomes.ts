/** What runs come to, for tests that need no run. */
import { parseGates } from '../src/inputs/gates.ts';
import type { Measures } from '../src/metrics.ts';
import { makeOutcome, type Outcome } from '../src/outcome.ts';
import { judge, type Level } from '../src/thresholds.ts';
import { NOW } from './clock.ts';

/** Gates as they are written, held against what was measured. */
export const judged = (text: string, measures: Measures, level: Level = 'fail') =>
  judge(parseGates(text, level).gates, measures);

/** One with nothing in it but `parts`. */
export const outcomeOf = (parts: Partial<Outcome> = {}): Outcome =>
  makeOutcome({
    enterprise: 'acme',
    apiUrl: 'https://api.github.com',
    generatedAt: NOW,
    measures: {},
    metrics: {},
    judgements: [],
    errors: [],
    links: [],
    pages: [],
    notices: [],
    reports: [],
    extras: [],
    redaction: undefined,
    ...parts,
  });

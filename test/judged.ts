import { parseGates } from '../src/inputs/gates.ts';
import type { Measures } from '../src/metrics.ts';
import { judge, type Level } from '../src/thresholds.ts';

/** Gates as they are written, held against what was measured. */
export const judged = (text: string, measures: Measures, level: Level = 'fail') =>
  judge(parseGates(text, level).gates, measures);

import Big from 'big.js';
import type { Span } from './period.ts';

/**
 * What the month will have cost at the pace so far: cost ÷ days covered × days in the month. A past month is what it
 * cost. `undefined` before the third day, when a day more or less would change everything.
 */
export function forecast(cost: Big, span: Span): Big | undefined {
  if (!span.current) return cost;
  if (span.day < 3) return undefined;
  return cost.times(span.daysInMonth * 24).div(new Big(span.hoursPassed));
}

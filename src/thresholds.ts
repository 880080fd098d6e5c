/**
 * Gates and measures → judgements. Knows metrics, not reports. A metric without a value is judged by why it has none.
 */
import { type Absent, type Measures, type MetricName, notDelivered } from './metrics.ts';

/** Of the input `fail-on` or `warn-on`. */
export type Level = 'fail' | 'warn';

export interface Gate {
  readonly level: Level;
  readonly metric: MetricName;
  readonly direction: 'above' | 'below';
  readonly limit: number;
  /** As it is shown: `below 0`. */
  readonly bound: string;
}

export interface Judgement {
  readonly gate: Gate;
  readonly verdict: 'pass' | 'warn' | 'fail' | 'error';
  /** The metric's published value, when it has one. */
  readonly value?: number;
  /** Why the verdict is what it is, where the value does not say it: a sentence without its full stop. */
  readonly why?: string;
}

/** Holds each gate against what was measured. Bounds are strict: `above 5` is crossed by 5.01, not by 5. */
export function judge(gates: readonly Gate[], measures: Measures): readonly Judgement[] {
  return gates.map((gate) => {
    const measure = measures[gate.metric] ?? notDelivered('this run did not measure it');
    if (typeof measure !== 'number') return judgeAbsent(gate, measure);
    const crossed = gate.direction === 'above' ? measure > gate.limit : measure < gate.limit;
    return { gate, value: measure, verdict: crossed ? gate.level : 'pass' };
  });
}

function judgeAbsent(gate: Gate, { absent, why }: Absent): Judgement {
  if (absent === 'nothing-to-measure') return { gate, verdict: 'pass', why };
  return { gate, verdict: gate.level === 'warn' && absent !== 'wrong-host' ? 'warn' : 'error', why };
}

export interface Breach {
  readonly level: Level;
  readonly metric: MetricName;
  readonly value: number;
  readonly bound: string;
}

/** The bounds that were crossed, as the output `breaches` lists them. */
export function breaches(judgements: readonly Judgement[]): readonly Breach[] {
  return judgements.flatMap(({ gate, verdict, value }) =>
    value !== undefined && verdict !== 'pass'
      ? [{ level: gate.level, metric: gate.metric, value, bound: gate.bound }]
      : [],
  );
}

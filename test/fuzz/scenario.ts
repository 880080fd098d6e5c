/** One run: what GitHub answers, what the workflow asks for, and what earlier runs left. */
import fc from 'fast-check';
import { METRIC_NAMES, METRICS, type Metric, REPORT_NAMES } from '../../src/metrics.ts';
import { hostileText } from '../output/reading.ts';
import { DIALECTS, type Dialect } from '../simulator/dialects.ts';
import { type Answers, answersIn } from './answers.ts';

export interface Gate {
  readonly level: 'fail' | 'warn';
  readonly metric: string;
  readonly direction: 'above' | 'below';
  readonly limit: number;
}

export interface Scenario {
  readonly dialect: Dialect;
  readonly answers: Answers;
  readonly isServer: boolean;
  readonly isPast: boolean;
  readonly isRedacted: boolean;
  readonly people: boolean;
  readonly staleAfterDays: number;
  readonly inactiveAfterDays: number;
  readonly reports: readonly string[];
  readonly gates: readonly Gate[];
  /** Lines of the history file. */
  readonly history: readonly string[] | null;
  /** The text of the previous report. */
  readonly previous: string | null;
  /** The text of the copilot.json beside it. */
  readonly previousCopilot: string | null;
}

const gatesOf = (reports: readonly string[], people: boolean): fc.Arbitrary<Gate[]> =>
  fc.uniqueArray(
    fc.record<Gate>({
      level: fc.constantFrom('fail', 'warn'),
      metric: fc.constantFrom(
        ...METRIC_NAMES.filter((name) => {
          const metric: Metric = METRICS[name];
          const needed = [metric.report, ...(metric.needs ? [metric.needs] : [])];
          return (
            needed.every((report) => reports.includes(report)) &&
            !metric.fromHistory &&
            (people || !metric.ofPeople)
          );
        }),
      ),
      direction: fc.constantFrom('above', 'below'),
      limit: fc
        .oneof(
          fc.constantFrom(0, 4, 8),
          fc.integer({ min: -5, max: 20 }),
          fc.integer({ min: -100_000, max: 100_000 }),
        )
        .map((n) => n / 4),
    }),
    { selector: ({ level, metric }) => `${level} ${metric}`, maxLength: 5 },
  );

const historyLine = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        day: fc.integer({ min: 1, max: 28 }),
        seats: fc.nat(9000),
        extra: fc.double({ noDefaultInfinity: true, noNaN: true }),
      })
      .map(({ day, seats, extra }) =>
        JSON.stringify({
          generated_at: `2026-10-${String(day).padStart(2, '0')}T06:00:00.000Z`,
          enterprise: 'acme',
          metrics: { 'seats-consumed': seats, 'cost-net-forecast': extra },
        }),
      ),
  },
  { weight: 1, arbitrary: fc.oneof(hostileText, fc.json()).map((line) => line.replaceAll('\n', ' ')) },
);

/** A file of an earlier run that lists rows of these fields. */
const earlierFile = (list: string, fields: readonly string[]) =>
  fc.oneof(
    fc.constantFrom('', '{}', 'null', `{"${list}": 1}`),
    fc
      .array(
        fc.oneof(
          fc.dictionary(
            fc.constantFrom(...fields),
            fc.oneof(hostileText, fc.jsonValue(), fc.array(hostileText)),
          ),
          fc.jsonValue(),
        ),
        { maxLength: 4 },
      )
      .map((all) =>
        JSON.stringify({ enterprise: 'ACME', generated_at: '2026-11-13T06:00:00Z', [list]: all }),
      ),
  );
const previousReport = earlierFile('users', [
  ...['github_com_login', 'github_com_member_roles', 'enterprise_server_user_ids', 'license_type'],
]);
const previousCopilot = earlierFile('seats', [
  ...['login', 'plan_type', 'organization', 'team', 'pending_cancellation_date'],
]);

export const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(
    fc.oneof(fc.subarray([...REPORT_NAMES], { minLength: 1 }), fc.constant([...REPORT_NAMES])),
    fc.constantFrom(...DIALECTS),
    fc.nat(4).map((number) => number < 4),
  )
  .chain(([reports, dialect, people]) =>
    fc.record<Scenario>({
      dialect: fc.constant(dialect),
      answers: answersIn(dialect),
      reports: fc.constant(reports),
      isServer: fc.nat(6).map((number) => number === 6),
      isPast: fc.nat(4).map((number) => number === 4),
      isRedacted: fc.nat(2).map((number) => number === 2),
      staleAfterDays: fc.constantFrom(8, 0, 7.5),
      inactiveAfterDays: fc.constantFrom(30, 1, 7.5, 90),
      people: fc.constant(people),
      gates: gatesOf(reports, people),
      history: fc.option(fc.array(historyLine, { maxLength: 6 })),
      previous: people ? fc.option(previousReport) : fc.constant(null),
      previousCopilot: fc.option(previousCopilot),
    }),
  );

/** Every fifth answer broken: the report has to be the same, byte for byte but for the time stamps. */
import type { FaultKind, FaultRule } from '../test/simulator/faults.ts';
import { report, startGitHub } from './processes.ts';
import { type Benchmark, once } from './row.ts';

const PAGES = 200;
const EVERY = 5;
/** The action's clock runs faster than ours, so that a request that hangs does not take half a minute. */
const SPEED = 10;
const KINDS: readonly FaultKind[] = [
  '500-json',
  '502-html',
  '503-json',
  'reset',
  'reset-body',
  'hang',
  'cut-off',
  'empty',
  'invalid-json',
  'wrong-shape',
];

/** The kinds in turn: the first broken answer is of the first kind, the next of the second. */
const MIXED: readonly FaultRule[] = KINDS.map((kind, index) => ({
  kind,
  match: {
    request: Array.from({ length: PAGES }, (_, round) => EVERY * (1 + index + round * KINDS.length)),
  },
}));

export const faults: Benchmark = async (tell) => {
  const now = new Date();
  /** Each GitHub listens where the first did, because its address is part of the report. */
  let port = 0;

  async function filesWith(rules: readonly FaultRule[]): Promise<{ files: string; requests: number }> {
    await using github = await startGitHub({ seats: 100 * PAGES, limits: false, faults: rules, port });
    port = Number(new URL(github.url).port);
    using run = await report(github, { formats: 'csv, json, markdown' }, { clock: { now, speed: SPEED } });
    const files = run.files.map((name) => `${name}\n${withoutTime(run.read(name))}`).join('\n');
    return { files, requests: (await github.statistics()).requests };
  }

  tell('undisturbed');
  const sound = await filesWith([]);
  let [same, broken] = [0, 0];
  const cases = [
    ...KINDS.map((kind) => ({ name: kind, rules: [{ kind, match: { every: EVERY } }] })),
    { name: 'all mixed', rules: MIXED },
  ];
  for (const { name, rules } of cases) {
    tell(name);
    const { files, requests } = await filesWith(rules);
    if (files === sound.files) same += 1;
    else tell(`${name}: the report differs`);
    broken += requests - sound.requests;
  }
  return [
    {
      what: `every fifth answer of ${PAGES} pages broken: reports that stay the same`,
      unit: 'reports',
      measured: once(same),
      reference: { what: `${KINDS.length} kinds of fault, and all mixed`, measured: once(cases.length) },
      as: 'alone',
      goal: { bound: 'exactly', value: cases.length },
    },
    { what: 'the same, answers that were broken', unit: 'requests', measured: once(broken) },
  ];
};

/** `2026-11-20T20:25:09.123Z` in JSON, `2026-11-20 20:25 UTC` in the summary. */
const withoutTime = (text: string): string =>
  text.replace(/(?<="generated_at": ")[^"]+/, 'TIME').replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'TIME');

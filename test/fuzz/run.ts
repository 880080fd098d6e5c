/** Runs the action in this process, and gathers everything that it leaves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NOW } from '../clock.ts';
import { textOf } from '../e2e/action.ts';
import { runHere } from '../e2e/in-process.ts';
import type { FuzzedGitHub } from './github.ts';
import type { Gate, Scenario } from './scenario.ts';

export interface Run extends Awaited<ReturnType<typeof runHere>> {
  /** As the output `metrics` has them. */
  readonly metrics: Readonly<Record<string, number>>;
  /** By name: the text of every file in the report directory. */
  readonly contents: Readonly<Record<string, string>>;
  /** The history file after the run. */
  readonly history: string | undefined;
}

export async function runScenario(github: FuzzedGitHub, scenario: Scenario): Promise<Run> {
  const { answers, isServer, isPast, isRedacted, people, history, previous } = scenario;
  github.answer(answers, isServer);
  const directory = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
  const place = (name: string) => path.join(directory, name);
  try {
    if (history) writeFileSync(place('history.ndjson'), history.join('\n'));
    if (previous !== null) writeFileSync(place('previous.json'), previous);
    if (scenario.previousCopilot !== null) writeFileSync(place('copilot.json'), scenario.previousCopilot);
    const inputs = {
      report: scenario.reports.join(),
      formats: 'csv, json, xlsx, markdown, html, prometheus',
      'report-directory': place('report'),
      'stale-after-days': String(scenario.staleAfterDays),
      'inactive-after-days': String(scenario.inactiveAfterDays),
      'fail-on': bounds(scenario.gates, 'fail'),
      'warn-on': bounds(scenario.gates, 'warn'),
      ...(isPast && { period: 'previous' }),
      ...(!people && { people: 'false' }),
      ...(isRedacted && { 'redact-key': 'k'.repeat(32) }),
      ...(history && { 'history-file': place('history.ndjson') }),
      ...(previous !== null &&
        scenario.reports.includes('licenses') && { 'previous-report': place('previous.json') }),
    };
    const run = await runHere({ url: github.url(isServer), clock: { now: NOW } }, inputs);
    return {
      ...run,
      metrics: JSON.parse(run.outputs.metrics ?? ''),
      contents: Object.fromEntries(
        run.files.map((name) => [name, textOf(readFileSync(place(`report/${name}`)), name)]),
      ),
      history: history ? readFileSync(place('history.ndjson'), 'utf8') : undefined,
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const bounds = (gates: readonly Gate[], level: Gate['level']): string =>
  gates
    .filter((gate) => gate.level === level)
    .map(({ metric, direction, limit }) => `${metric}: ${direction} ${limit}`)
    .join('\n');

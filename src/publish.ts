/** Tells the runner what the run came to: job summary, outputs, log, annotations, and whether the step fails. */
import path from 'node:path';
import * as core from '@actions/core';
import { METRIC_NAMES } from './metrics.ts';
import type { Outcome } from './outcome.ts';
import { composeDocument } from './output/compose.ts';
import { addJobSummary, annotate, logLine, setOutputs } from './output/step.ts';
import { summaryMarkdown } from './output/summary.ts';
import { numbers } from './output/write.ts';
import { breaches, type Judgement } from './thresholds.ts';
import { failureMessage, gateSentence, statusOf } from './verdict.ts';

/** GitHub shows ten errors of a step: the last is the one message that has everything. */
const ERRORS_BEFORE_THE_LAST = 9;

export interface Place {
  /** Absolute. */
  readonly reportDirectory: string;
  readonly jobSummary: boolean;
}

/** `paths`: the files written, absolute. */
export async function publish(outcome: Outcome, paths: readonly string[], place: Place): Promise<void> {
  const { judgements, notices } = outcome;
  const summary = await writeJobSummary(outcome, paths, place);
  const errors = [...outcome.errors, ...summary.errors];
  const metrics = numbers(outcome.measures);
  const status = statusOf(judgements, errors);
  setOutputs({
    ...Object.fromEntries(METRIC_NAMES.map((metric) => [metric, metrics[metric]])),
    status,
    breaches: JSON.stringify(breaches(judgements)),
    metrics: JSON.stringify(metrics),
    'report-directory': place.reportDirectory,
    files: paths.join('\n'),
  });

  for (const [metric, value] of Object.entries(metrics)) core.info(`${metric}: ${value}`);
  for (const file of paths) core.info(logLine(`Written: ${file}`));

  const gates = (...verdicts: Judgement['verdict'][]) =>
    judgements.filter(({ verdict }) => verdicts.includes(verdict));
  const texts = (level: 'notice' | 'warning') =>
    notices.filter((notice) => notice.level === level).map(({ text }) => text);
  const unmeasured = gates('pass').filter(({ value }) => value === undefined);
  annotate('notice', [...texts('notice'), ...unmeasured.map(gateSentence)]);
  annotate('warning', [...texts('warning'), ...gates('warn').map(gateSentence), ...summary.warnings]);
  core.info(`Status: ${status}`);
  if (status === 'pass' || status === 'warn') return;

  process.exitCode = core.ExitCode.Failure;
  const failures = [...errors, ...gates('fail', 'error').map(gateSentence)];
  if (failures.length > 1) annotate('error', failures, ERRORS_BEFORE_THE_LAST);
  annotate('error', [failureMessage(judgements, errors)]);
}

async function writeJobSummary(
  outcome: Outcome,
  paths: readonly string[],
  { jobSummary }: Place,
): Promise<{ readonly warnings: readonly string[]; readonly errors: readonly string[] }> {
  if (!jobSummary) return { warnings: [], errors: [] };
  const files = paths.map((file) => path.basename(file));
  try {
    const written = await addJobSummary(summaryMarkdown(composeDocument(outcome, files)));
    const missing = 'This runner has no job summary (GITHUB_STEP_SUMMARY is not set), so none was written.';
    return { warnings: written ? [] : [missing], errors: [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `The job summary could not be written (${why}). Check the runner, or set \`job-summary: false\`.`;
    return { warnings: [], errors: [text] };
  }
}

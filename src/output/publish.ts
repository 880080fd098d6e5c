/** The one way out: files, history, job summary, outputs, log, annotations, and whether the step fails. */
import path from 'node:path';
import * as core from '@actions/core';
import { ExplainedError, withAddress } from '../common/documents.ts';
import { markFinished, markUnfinished } from '../common/files.ts';
import { debugLines, explain } from '../failures.ts';
import { METRIC_NAMES } from '../metrics.ts';
import { addErrors, gateSentence, type Outcome } from '../outcome.ts';
import type { FormatName } from '../report-files.ts';
import { breaches, type Judgement } from '../thresholds.ts';
import type { Document } from './document.ts';
import { composeDocument } from './document.ts';
import { withdrawFile, writeFile } from './files.ts';
import { annotate, logLine, openJobSummary, setOutputs } from './step.ts';
import { summaryMarkdown } from './summary.ts';
import { dataFiles, verdictWriters } from './writers.ts';

export interface Destination {
  /** Absolute. */
  readonly reportDirectory: string;
  readonly formats: readonly FormatName[];
  readonly jobSummary: boolean;
  /** Adds the run to the history; absent when there is nothing to add, or nowhere. */
  readonly recordRun?: (() => Promise<void>) | undefined;
}

/**
 * Each step knows what went before: data, history, the files that state the verdict, the job summary, the outputs.
 * What fails leaves the rest, and is told wherever the verdict stands.
 */
export async function publish(outcome: Outcome, destination: Destination): Promise<void> {
  const warnings: string[] = [];
  const { paths, errors } = await writeData(outcome, destination);
  const places = [
    ...verdictFiles(destination),
    ...jobSummary(destination, warnings),
    stepOutputs(destination.reportDirectory),
  ];
  const stated = await stateVerdict(addErrors(outcome, explainAll(errors)), paths, places);
  log(stated.outcome, stated.paths, warnings);
}

async function writeData(outcome: Outcome, { formats, reportDirectory, recordRun }: Destination) {
  const paths: string[] = [];
  const errors: unknown[] = [];
  for (const { name, chunks } of dataFiles(formats, outcome)) {
    try {
      paths.push(await writeFile(reportDirectory, name, chunks()));
    } catch (error) {
      errors.push(error);
    }
  }
  await recordRun?.().catch((error) => errors.push(error));
  return { paths, errors };
}

/** Where the verdict is stated. */
interface Place {
  /** The file's path, when it is one of the run's files. */
  readonly path?: string;
  readonly state: (outcome: Outcome, document: Document, paths: readonly string[]) => Promise<void>;
  /** Takes back what was stated there; nothing may have been. */
  readonly withdraw: () => Promise<void>;
}

/**
 * States the verdict in every place, in order. Where that fails the run ends in an error: the place is given up, and
 * those before it are told anew, so that none says otherwise. `paths` are the files written before.
 */
async function stateVerdict(outcome: Outcome, paths: readonly string[], places: readonly Place[]) {
  let [current, left] = [outcome, places];
  for (;;) {
    const all = [...paths, ...left.flatMap((place) => place.path ?? [])];
    const document = composeDocument(
      current,
      all.map((file) => path.basename(file)),
    );
    const failed = await stateInEach(left, (place) => place.state(current, document, all));
    if (failed === undefined) {
      for (const place of left) if (place.path !== undefined) markFinished(place.path);
      return { outcome: current, paths: all };
    }
    left = left.filter((place) => place !== failed.place);
    current = addErrors(current, explainAll(failed.errors));
  }
}

async function stateInEach(places: readonly Place[], state: (place: Place) => Promise<void>) {
  for (const place of places) {
    try {
      await state(place);
    } catch (error) {
      const errors: unknown[] = [error];
      await place.withdraw().catch((failure) => errors.push(failure));
      return { place, errors };
    }
  }
  return undefined;
}

const verdictFiles = ({ formats, reportDirectory }: Destination): readonly Place[] =>
  verdictWriters(formats).map(({ name, chunks }) => {
    const file = path.join(reportDirectory, name);
    return {
      path: file,
      async state(outcome, document) {
        await writeFile(reportDirectory, name, chunks(outcome, document));
        // Until the run has ended: one that is cancelled before has no verdict.
        markUnfinished(file);
      },
      withdraw: () => withdrawFile(file),
    };
  });

function jobSummary({ jobSummary: isWanted }: Destination, warnings: string[]): readonly Place[] {
  if (!isWanted) return [];
  const summary = openJobSummary();
  if (summary === undefined) {
    warnings.push('This runner has no job summary (GITHUB_STEP_SUMMARY is not set), so none was written.');
    return [];
  }
  return [
    {
      state: (_, document) => reworded(() => summary.write(summaryMarkdown(document)), describeLostSummary),
      withdraw: () => reworded(summary.withdraw, describeLostSummary),
    },
  ];
}

const describeLostSummary = (why: string) =>
  `The job summary could not be written (${why}). Check the runner, or set \`job-summary: false\`.`;

const stepOutputs = (reportDirectory: string): Place => ({
  state: ({ metrics, judgements, status }, _, paths) =>
    reworded(
      async () =>
        setOutputs({
          ...Object.fromEntries(METRIC_NAMES.map((metric) => [metric, metrics[metric]])),
          breaches: JSON.stringify(breaches(judgements)),
          metrics: JSON.stringify(metrics),
          'report-directory': reportDirectory,
          files: paths.join('\n'),
          // Last, because it says that the others are there. Until then it is `error`.
          status,
        }),
      (why) =>
        `The outputs could not be written (${why}), so later steps do not have them. Check the runner.`,
    ),
  withdraw: async () => {},
});

/** What the runner's own files answer, in words. */
async function reworded(step: () => Promise<void>, word: (why: string) => string): Promise<void> {
  try {
    await step();
  } catch (error) {
    throw new ExplainedError(
      'runner-files',
      word(error instanceof Error ? error.message : String(error)),
      error,
    );
  }
}

/** The errors' sentences; what only a debugger wants goes into the debug log. */
export function explainAll(errors: readonly unknown[]): string[] {
  for (const line of errors.flatMap(debugLines)) core.debug(line);
  return errors.map(explain);
}

function log(
  { metrics, judgements, errors, notices, status }: Outcome,
  paths: readonly string[],
  warnings: readonly string[],
) {
  for (const [metric, value] of Object.entries(metrics)) core.info(`${metric}: ${value}`);
  for (const file of paths) core.info(logLine(`Written: ${file}`));

  const gates = (...verdicts: Judgement['verdict'][]) =>
    judgements.filter(({ verdict }) => verdicts.includes(verdict));
  const texts = (level: 'notice' | 'warning') =>
    notices.filter((notice) => notice.level === level).map(({ text }) => text);
  const unmeasured = gates('pass').filter(({ value }) => value === undefined);
  annotate('notice', [...texts('notice'), ...unmeasured.map(gateSentence)]);
  annotate('warning', [...texts('warning'), ...gates('warn').map(gateSentence), ...warnings]);
  core.info(`Status: ${status}`);
  if (status === 'pass' || status === 'warn') return;

  process.exitCode = core.ExitCode.Failure;
  const unchecked = gates('error').map((gate) => withAddress(gateSentence(gate), 'no-value'));
  annotate('error', [...errors, ...gates('fail').map(gateSentence), ...unchecked]);
}

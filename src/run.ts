/** The whole story: inputs → GitHub → reports → thresholds → output. */
import path from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { debugLines, explain } from './failures.ts';
import { createClient } from './github/client.ts';
import { InputError, type Inputs, inputText, readInputs, reportDirectory, secrets } from './inputs.ts';
import { METRIC_NAMES, type Measures, published } from './metrics.ts';
import type { Outcome } from './outcome.ts';
import { composeDocument } from './output/compose.ts';
import { discardUnfinished, removeStale } from './output/files.ts';
import { createRedactor } from './output/redact.ts';
import { addJobSummary, annotate, logLine, setOutputs } from './output/step.ts';
import { summaryMarkdown } from './output/summary.ts';
import { numbers, planFiles, writeFiles } from './output/write.ts';
import { createProgress } from './progress.ts';
import { makeReports, measuresOf } from './reports/index.ts';
import type { Notice } from './reports/report.ts';
import { breaches, judge } from './thresholds.ts';
import { failureMessage, gateSentence, statusOf } from './verdict.ts';

const DAY_MS = 86_400_000;
const TOKEN_WARNING_DAYS = 14;

type Environment = Readonly<Record<string, string | undefined>>;
const log = (line: string): void => core.info(logLine(line));

/** Runs the action. What goes wrong is told in the log, the outputs and the job summary, and fails the step. */
export async function run(env: Environment, now: Date): Promise<void> {
  for (const secret of secrets(env)) core.setSecret(secret);
  let inputs: Inputs;
  try {
    inputs = readInputs(env, now);
  } catch (error) {
    const outcome = failedOutcome(env, now, error);
    await publish(outcome, [], reportDirectory(env), inputText(env, 'job-summary') !== 'false');
    return;
  }
  const outcome = await makeOutcome(inputs, now);
  const written = await writeAll(inputs, outcome);
  await publish(written.outcome, written.paths, inputs.reportDirectory, inputs.jobSummary);
}

async function makeOutcome(inputs: Inputs, now: Date): Promise<Outcome> {
  const progress = createProgress(log);
  const client = createClient({ ...inputs, log: { info: log, debug: core.debug, warning: log } });
  stopOnSignals(progress);

  log(`Reading ${inputs.reports.join(', ')} of ${inputs.enterprise || 'this server'} from ${inputs.apiUrl}`);
  const reports = await makeReports({ client, inputs, now, progress: progress.update });
  await client.close();
  const errors = [
    ...reports.failed.map(({ error }) => error),
    ...reports.made.flatMap((report) => report.errors),
  ];
  for (const line of errors.flatMap(debugLines)) core.debug(line);

  const token = tokenDaysLeft(client.tokenExpiration(), now);
  const measures = { ...token.measures, ...measuresOf(reports) };
  const redactor = inputs.redactKey
    ? createRedactor(
        inputs.redactKey,
        reports.made.flatMap(({ organizations }) => organizations),
      )
    : undefined;
  return {
    enterprise: inputs.enterprise,
    apiUrl: inputs.apiUrl,
    generatedAt: now,
    measures,
    judgements: judge(inputs.gates, measures),
    errors: errors.map(explain),
    notices: [
      ...publicRepositoryNotices(inputs),
      ...token.notices,
      ...reports.made.flatMap(({ notices }) => notices),
    ],
    reports: redactor ? reports.made.map(redactor.report) : reports.made,
    extras: [],
    redaction: redactor?.fingerprint,
  };
}

function tokenDaysLeft(
  expires: Date | undefined,
  now: Date,
): { measures: Measures; notices: readonly Notice[] } {
  if (!expires) {
    const why = 'GitHub does not say that the token expires';
    return { measures: { 'token-days-left': { absent: 'nothing-to-measure', why } }, notices: [] };
  }
  const days = published((expires.getTime() - now.getTime()) / DAY_MS);
  const text = `The token expires in ${Math.max(0, Math.floor(days))} days, on ${expires.toISOString().slice(0, 10)}: make a new one and replace the secret.`;
  return {
    measures: { 'token-days-left': days },
    notices: days <= TOKEN_WARNING_DAYS ? [{ level: 'warning', text }] : [],
  };
}

/** What a run writes about people is as public as the repository that it runs in. */
function publicRepositoryNotices({ redactKey }: Inputs): readonly Notice[] {
  const isPublic = context.payload.repository?.visibility === 'public';
  if (!isPublic || redactKey) return [];
  return [
    {
      level: 'warning',
      text: 'This repository is public, and so are this summary and every artifact of the run, with the names and emails in the files. Use a private repository, or set redact-key.',
    },
  ];
}

/** The outcome of a run that could not begin. */
function failedOutcome(env: Environment, now: Date, error: unknown): Outcome {
  for (const line of debugLines(error)) core.debug(line);
  return {
    enterprise: '',
    apiUrl: inputText(env, 'api-url'),
    generatedAt: now,
    measures: {},
    judgements: [],
    errors: error instanceof InputError ? error.problems : [explain(error)],
    notices: [],
    reports: [],
    extras: [],
    redaction: undefined,
  };
}

/** Writes the files. What cannot be written is added to the outcome's errors. */
async function writeAll(
  inputs: Inputs,
  outcome: Outcome,
): Promise<{ outcome: Outcome; paths: readonly string[] }> {
  const directory = inputs.reportDirectory;
  const files = planFiles(inputs.formats, outcome);
  const document = composeDocument(
    outcome,
    files.map(({ name }) => name),
  );
  const errors: Error[] = [];
  const paths: string[] = [];
  try {
    await removeStale(directory, [inputs.historyFile, inputs.previousReport]);
    const written = await writeFiles(directory, files, document);
    paths.push(...written.paths);
    errors.push(...written.errors);
  } catch (error) {
    errors.push(error as Error);
  }
  for (const line of errors.flatMap(debugLines)) core.debug(line);
  return { outcome: { ...outcome, errors: [...outcome.errors, ...new Set(errors.map(explain))] }, paths };
}

/** Tells the runner: job summary, outputs, annotations, and whether the step fails. */
async function publish(
  outcome: Outcome,
  paths: readonly string[],
  directory: string,
  jobSummary: boolean,
): Promise<void> {
  const { judgements, measures } = outcome;
  const warnings = outcome.notices.filter(({ level }) => level === 'warning').map(({ text }) => text);
  const notices = outcome.notices.filter(({ level }) => level === 'notice').map(({ text }) => text);
  const names = paths.map((file) => path.basename(file));
  if (jobSummary && !(await addJobSummary(summaryMarkdown(composeDocument(outcome, names))))) {
    warnings.push('This runner has no job summary, so none was written.');
  }

  const metrics = numbers(measures);
  const status = statusOf(judgements, outcome.errors);
  setOutputs({
    ...Object.fromEntries(METRIC_NAMES.map((metric) => [metric, metrics[metric]])),
    status,
    breaches: JSON.stringify(breaches(judgements)),
    metrics: JSON.stringify(metrics),
    'report-directory': directory,
    files: paths.join('\n'),
  });

  for (const [metric, value] of Object.entries(metrics)) log(`${metric}: ${value}`);
  for (const file of paths) log(`Written: ${file}`);
  annotate('notice', [
    ...notices,
    ...judgements.filter(({ verdict, why }) => verdict === 'pass' && why !== undefined).map(gateSentence),
  ]);
  annotate('warning', [
    ...warnings,
    ...judgements.filter(({ verdict }) => verdict === 'warn').map(gateSentence),
  ]);
  if (status === 'pass' || status === 'warn') {
    log(`Status: ${status}`);
    return;
  }
  process.exitCode = core.ExitCode.Failure;
  const failures = [
    ...outcome.errors,
    ...judgements.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').map(gateSentence),
  ];
  // Of the ten annotations that GitHub shows, the last is the one message that has everything.
  if (failures.length > 1) annotate('error', failures, 9);
  annotate('error', [failureMessage(judgements, outcome.errors)]);
}

/** A cancelled workflow: the runner sends SIGINT, then SIGTERM, and gives seconds. */
function stopOnSignals(progress: { summary: () => string }): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      discardUnfinished();
      log(`Cancelled (${signal}) ${progress.summary()}. No file is left half written.`);
      process.exit(core.ExitCode.Failure);
    });
  }
}

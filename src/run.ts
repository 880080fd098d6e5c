/** The whole story: inputs → GitHub → reports → thresholds → output. */
import * as core from '@actions/core';
import type { Environment } from './common/documents.ts';
import { authorizationLinks } from './failures.ts';
import { createClient } from './github/client.ts';
import { readChanges, readCopilotBefore } from './history/changes.ts';
import { recordRun } from './history/file.ts';
import { readTrends } from './history/trends.ts';
import type { Inputs } from './inputs/index.ts';
import { readInputs, secrets } from './inputs/read.ts';
import { tokenExpiry, visibilityNotices } from './notices.ts';
import { makeOutcome, type Outcome, valuesOf } from './outcome.ts';
import { clearDirectory } from './output/files.ts';
import { type Destination, explainAll, publish } from './output/publish.ts';
import { createRedactor } from './output/redact.ts';
import { logLine, setOutputs } from './output/step.ts';
import { createProgress, stopOnSignals } from './progress.ts';
import { namesOfRun } from './report-files.ts';
import { gatherCandidates } from './reports/candidates/chapter.ts';
import { leftOutNotices, makeReports, measuresOf, type Reports } from './reports/index.ts';
import type { Chapter, Section } from './reports/report.ts';
import { judge } from './thresholds.ts';
import { licensingPage, runPage } from './web-pages.ts';

const log = (line: string): void => core.info(logLine(line));

/** Runs the action. What goes wrong is told in the log, the outputs and the job summary, and fails the step. */
export async function run(env: Environment, now: Date): Promise<void> {
  for (const secret of secrets(env)) core.setSecret(secret);
  const { inputs, problems } = readInputs(env, now);
  try {
    // For a run that is cancelled, or killed.
    setOutputs({ status: 'error', 'report-directory': inputs.reportDirectory });
  } catch {
    // It fails again, and is told, when the run's own outputs are set.
  }
  const { outcome, ...destination } =
    problems.length > 0
      ? await withoutReports(inputs, now, problems)
      : await perform(inputs, now).catch((error: unknown) =>
          withoutReports(inputs, now, explainAll([error])),
        );
  await publish(outcome, { ...inputs, ...destination });
}

interface Performed extends Pick<Destination, 'formats' | 'recordRun'> {
  readonly outcome: Outcome;
}

async function perform(inputs: Inputs, now: Date): Promise<Performed> {
  const copilotBefore = await readCopilotBefore(inputs);
  const unremoved = await clearReportDirectory(inputs, namesOfRun(inputs), now);
  const progress = createProgress(log);
  stopOnSignals(progress, log);
  log(`Reading ${inputs.reports.join(', ')} of ${inputs.enterprise || 'the server'} from ${inputs.apiUrl}`);
  const client = createClient({ ...inputs, log: { info: log, debug: core.debug } });
  const reports = await makeReports({ client, inputs, now, progress: progress.update });
  await client.close();

  const token = tokenExpiry(client.tokenExpiration(), now);
  const measured = { ...token.measures, ...measuresOf(reports) };
  const trends = await readTrends(inputs, now, measured);
  const measures = { ...measured, ...trends.measures };

  // From here on people are pseudonyms, if a key is given. Comparing with an earlier report needs them alike.
  const redactor =
    inputs.redactKey === undefined ? undefined : createRedactor(inputs.redactKey, organizationsOf(reports));
  const shown = redactor ? reports.made.map(redactor.report) : reports.made;
  const changes = await readChanges(inputs, shown, redactor?.fingerprint, copilotBefore);
  const candidates = gatherCandidates(reports.byName);
  const chapters = candidates ? [candidates.chapter] : [];

  const errors = [
    ...unremoved,
    ...reports.failed.map(({ error }) => error),
    ...reports.made.flatMap((report) => report.errors),
    ...trends.errors,
    ...changes.errors,
  ];
  const metrics = valuesOf(measures);
  const outcome = makeOutcome({
    enterprise: inputs.enterprise,
    apiUrl: inputs.apiUrl,
    generatedAt: now,
    measures,
    metrics,
    judgements: judge(inputs.gates, measures),
    errors: explainAll(errors),
    links: errors.flatMap((error) => authorizationLinks(error, inputs.apiUrl)),
    // The address of the run names a repository, whose owner may be a person.
    pages: [
      ...licensingPage(inputs.enterprise, inputs.apiUrl),
      ...(redactor === undefined ? runPage(process.env) : []),
    ],
    notices: [
      ...visibilityNotices(process.env, redactor !== undefined),
      ...token.notices,
      ...leftOutNotices(reports),
      ...reports.made.flatMap(({ notices }) => notices),
      ...trends.notices,
      ...changes.notices,
    ],
    note: candidates?.note,
    reports: shown,
    extras: [
      ...(redactor ? chapters.map(redactor.chapter) : chapters),
      ...sinceEarlierRuns(changes.report, trends.sections(metrics)),
    ],
    redaction: redactor?.fingerprint,
  });
  const { historyFile, historyLimit } = inputs;
  const present = trends.run(metrics);
  return {
    outcome,
    formats: inputs.formats,
    ...(historyFile && present && { recordRun: () => recordRun(historyFile, present, historyLimit) }),
  };
}

/** The outcome of a run that could not begin, or met a fault of this action. */
async function withoutReports(inputs: Inputs, now: Date, errors: readonly string[]): Promise<Performed> {
  // Nobody shall upload what an earlier run left. That it cannot be removed is not what the reader has to know now.
  explainAll(await clearReportDirectory(inputs, [], now));
  const outcome = makeOutcome({
    enterprise: '',
    apiUrl: inputs.apiUrl,
    generatedAt: now,
    measures: {},
    metrics: {},
    judgements: [],
    errors,
    links: [],
    pages: [],
    notices: [],
    reports: [],
    extras: [],
    redaction: undefined,
  });
  return { outcome, formats: [] };
}

const clearReportDirectory = (inputs: Inputs, names: readonly string[], now: Date) =>
  clearDirectory(inputs.reportDirectory, {
    names,
    kept: [inputs.historyFile, inputs.previousReport],
    now,
  });

const organizationsOf = ({ made }: Reports): string[] => made.flatMap(({ organizations }) => organizations);

/** Changes of people and trends, in one chapter. */
function sinceEarlierRuns(changes: Chapter | undefined, trends: readonly Section[]): Chapter[] {
  const sections = [...(changes?.sections ?? []), ...trends];
  return sections.length === 0
    ? []
    : [{ title: 'Changes and trends', sections, tables: changes?.tables ?? [] }];
}

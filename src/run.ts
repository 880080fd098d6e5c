/** The whole story: inputs → GitHub → reports → thresholds → output. */
import * as core from '@actions/core';
import { context } from '@actions/github';
import { readChanges } from './changes/index.ts';
import { debugLines, explain } from './failures.ts';
import { createClient } from './github/client.ts';
import { readTrends, type Trends } from './history/index.ts';
import { InputError, type Inputs, inputText, readInputs, reportDirectory, secrets } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { composeDocument } from './output/compose.ts';
import { discardUnfinished, removeStale, writeFile } from './output/files.ts';
import { createRedactor } from './output/redact.ts';
import { logLine } from './output/step.ts';
import { numbers, planFiles } from './output/write.ts';
import { createProgress, type Progress } from './progress.ts';
import { publish } from './publish.ts';
import { costPerOrganization } from './reports/cost-per-organization.ts';
import { makeReports, measuresOf, type Reports } from './reports/index.ts';
import type { Notice, Section } from './reports/report.ts';
import { judge } from './thresholds.ts';
import { tokenExpiry } from './token.ts';

type Environment = Readonly<Record<string, string | undefined>>;
const log = (line: string): void => core.info(logLine(line));

/** Runs the action. What goes wrong is told in the log, the outputs and the job summary, and fails the step. */
export async function run(env: Environment, now: Date): Promise<void> {
  for (const secret of secrets(env)) core.setSecret(secret);
  const place = {
    reportDirectory: reportDirectory(env),
    jobSummary: inputText(env, 'job-summary').toLowerCase() !== 'false',
  };
  try {
    const inputs = readInputs(env, now);
    const { outcome, trends } = await makeOutcome(inputs, now);
    const written = await write(inputs, outcome, trends);
    await publish({ ...outcome, errors: [...outcome.errors, ...written.errors] }, written.paths, place);
  } catch (error) {
    await publish(withoutReports(env, now, error), [], place);
  }
}

async function makeOutcome(inputs: Inputs, now: Date): Promise<{ outcome: Outcome; trends: Trends }> {
  const progress = createProgress(log);
  stopOnSignals(progress);
  log(`Reading ${inputs.reports.join(', ')} of ${inputs.enterprise || 'the server'} from ${inputs.apiUrl}`);
  const client = createClient({ ...inputs, log: { info: log, debug: core.debug, warning: log } });
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
  const changes = await readChanges(inputs, shown, redactor?.fingerprint);

  const errors = [
    ...reports.failed.map(({ error }) => error),
    ...reports.made.flatMap((report) => report.errors),
    ...trends.errors,
    ...changes.errors,
  ];
  for (const line of errors.flatMap(debugLines)) core.debug(line);
  const trendSections = trends.sections(numbers(measures));
  const outcome: Outcome = {
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
      ...trends.notices,
      ...changes.notices,
    ],
    reports: shown,
    extras: [
      ...titled('Cost per organization', costSections(reports)),
      ...(changes.report ? [changes.report] : []),
      ...titled('Trends', trendSections),
    ],
    redaction: redactor?.fingerprint,
  };
  return { outcome, trends };
}

/** The outcome of a run that could not begin, or met a fault of this action. */
function withoutReports(env: Environment, now: Date, error: unknown): Outcome {
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

/** Writes the files and the history. What cannot be written leaves the rest. */
async function write(inputs: Inputs, outcome: Outcome, trends: Trends) {
  const files = planFiles(inputs.formats, outcome);
  const document = composeDocument(
    outcome,
    files.map(({ name }) => name),
  );
  const errors: unknown[] = [];
  const attempt = async <T>(step: () => Promise<T>, fallback: T): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      errors.push(error);
      return fallback;
    }
  };
  await attempt(
    () => removeStale(inputs.reportDirectory, [inputs.historyFile, inputs.previousReport]),
    undefined,
  );
  const paths: string[] = [];
  for (const file of files) {
    const path = await attempt(
      async () => writeFile(inputs.reportDirectory, file.name, await file.chunks(document)),
      undefined,
    );
    if (path !== undefined) paths.push(path);
  }
  await attempt(() => trends.record(numbers(outcome.measures)), undefined);
  for (const line of errors.flatMap(debugLines)) core.debug(line);
  return { paths, errors: [...new Set(errors.map(explain))] };
}

const organizationsOf = ({ made }: Reports): string[] => made.flatMap(({ organizations }) => organizations);

const titled = (title: string, sections: readonly Section[]) =>
  sections.length === 0 ? [] : [{ title, sections, tables: [] }];

function costSections({ licenses, billing }: Reports): readonly Section[] {
  if (!licenses || !billing) return [];
  const section = costPerOrganization(licenses.organizationSeats, billing.costByOrganization);
  return section ? [section] : [];
}

/** What a run writes about people is as public as the repository that it runs in. */
function publicRepositoryNotices({ redactKey }: Inputs): readonly Notice[] {
  const isPublic = context.payload.repository?.visibility === 'public';
  if (!isPublic || redactKey) return [];
  const text =
    'This repository is public, and so are this summary and every artifact of the run, with the names and emails in the files. Use a private repository, or set `redact-key`.';
  return [{ level: 'warning', text }];
}

/** A cancelled workflow: the runner sends SIGINT, then SIGTERM, and gives seconds. */
function stopOnSignals(progress: Progress): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      discardUnfinished();
      log(`Cancelled (${signal}) ${progress.summary()}. No file is left half written.`);
      process.exit(core.ExitCode.Failure);
    });
  }
}

/** What inputs that are right each by itself must be together. */
import path from 'node:path';
import { quote } from '../common/text.ts';
import { isOfPeople, METRICS, type Metric, type ReportName } from '../metrics.ts';
import { REPORT_FILES } from '../report-files.ts';
import type { InputName, Inputs } from './index.ts';

/** `text`: as the user gave it. A list of reports that is empty was wrong itself, and needs no more words. */
export function checkTogether(
  inputs: Inputs,
  text: (name: InputName) => string,
  problem: (name: InputName, rest: string) => void,
): void {
  const { reports, historyFile, previousReport, reportDirectory } = inputs;

  if (inputs.enterprise === '') {
    if (!inputs.apiUrl.endsWith('/api/v3'))
      problem(
        'enterprise',
        'is missing: give the slug, the last part of https://github.com/enterprises/SLUG (only an Enterprise Server, whose api-url ends in /api/v3, needs none)',
      );
    else if (!inputs.everyReport && reports.some((report) => report !== 'licenses'))
      problem(
        'enterprise',
        `is missing: without it an Enterprise Server has the licenses report only, and report is ${quote(text('report'))}`,
      );
  }

  if (
    historyFile !== undefined &&
    path.dirname(historyFile) === reportDirectory &&
    REPORT_FILES.has(path.basename(historyFile))
  )
    problem(
      'history-file',
      `is ${quote(text('history-file'))}, a file that the report itself writes: give it another name`,
    );
  if (historyFile !== undefined && historyFile === previousReport)
    problem('history-file', 'is the same file as previous-report: give it another name');

  if (previousReport !== undefined && reports.length > 0 && !reports.includes('licenses'))
    problem(
      'previous-report',
      'is compared with the licenses report, which is not selected: add licenses to report',
    );

  if (previousReport !== undefined && !inputs.people)
    problem('previous-report', 'compares people, and people is false: leave one of the two out');

  for (const { level, metric } of inputs.gates) {
    const { report } = METRICS[metric];
    if (report !== 'any' && reports.length > 0 && !reports.includes(report))
      problem(
        `${level}-on`,
        `names ${metric}, a metric of the ${report} report, which is not selected: add ${report} to report`,
      );
    if (isOfPeople(metric) && !inputs.people)
      problem(
        `${level}-on`,
        `names ${metric}, which is counted person by person, and people is false: leave one of the two out`,
      );
    const { needs }: Metric = METRICS[metric];
    if (
      needs !== undefined &&
      reports.includes(METRICS[metric].report as ReportName) &&
      !reports.includes(needs)
    )
      problem(`${level}-on`, `names ${metric}, which needs the ${needs} report too: add ${needs} to report`);
    if ('fromHistory' in METRICS[metric] && historyFile === undefined)
      problem(`${level}-on`, `names ${metric}, which is read from earlier runs: set history-file`);
  }
}

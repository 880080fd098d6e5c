/** `previous-report` in a run: who gained or lost a license since then. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../common/files.ts';
import type { Inputs } from '../inputs/index.ts';
import { numberOf } from '../metrics.ts';
import type { Chapter, Notice, Report, Table } from '../reports/report.ts';
import { changesSection, changesTable } from './changes-section.ts';
import { compare } from './compare.ts';
import { compareCopilot } from './copilot-seat.ts';
import type { Change } from './difference.ts';
import {
  type Comparable,
  type FileRow,
  PREVIOUS_FILES,
  type PreviousFile,
  PreviousReportError,
  readPreviousReport,
} from './previous.ts';

export interface Changes {
  /** Absent when there is nothing to compare. */
  readonly report?: Chapter;
  readonly notices: readonly Notice[];
  readonly errors: readonly unknown[];
}

/** The text of the `copilot.json` beside `previous-report`, or why it cannot be read; no text when there is no file. */
export type CopilotBefore = PromiseSettledResult<string | undefined>;

/** Has to be read before the report directory is cleared, where it may lie. */
export async function readCopilotBefore({ previousReport, reports }: Inputs): Promise<CopilotBefore> {
  const isCompared = previousReport !== undefined && reports.includes('copilot');
  const [text] = await Promise.allSettled([
    isCompared ? readText(copilotBeside(previousReport), 'copilot.json') : undefined,
  ]);
  return text;
}

const copilotBeside = (previousReport: string): string =>
  path.join(path.dirname(previousReport), 'copilot.json');

/** `undefined` when there is no such file. */
async function readText(location: string, file: PreviousFile): Promise<string | undefined> {
  try {
    return await readFile(location, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new PreviousReportError(file, `${location} cannot be read (${(error as Error).message})`, error);
  }
}

/**
 * Compares the people of `reports`, as they are about to be written, with those of the earlier report: under a
 * `redact-key` both are pseudonyms.
 */
export async function readChanges(
  inputs: Inputs,
  reports: readonly Report[],
  redaction: string | undefined,
  copilotBefore: CopilotBefore,
): Promise<Changes> {
  const { previousReport, enterprise } = inputs;
  if (previousReport === undefined) return NO_CHANGES;
  const people = findList(reports, 'licenses.json');
  if (people === undefined) return unused(reports);
  const run = { enterprise, redaction };
  let seats: Compared;
  try {
    const text = await readText(previousReport, 'licenses.json');
    if (text === undefined) return { ...NO_CHANGES, notices: [missingNotice(previousReport)] };
    seats = compareLists('licenses.json', text, people, run, compare);
  } catch (error) {
    return { ...NO_CHANGES, errors: [error] };
  }

  const grants = findList(reports, 'copilot.json');
  if (grants === undefined) return { ...NO_CHANGES, report: chapterOf([seats]) };
  try {
    if (copilotBefore.status === 'rejected') throw copilotBefore.reason;
    const text = copilotBefore.value;
    if (text === undefined) {
      const notices = [missingNotice(copilotBeside(previousReport))];
      return { ...NO_CHANGES, report: chapterOf([seats]), notices };
    }
    const copilot = compareLists('copilot.json', text, grants, run, (before, after) =>
      compareCopilot(before, after, seats.changes),
    );
    return { ...NO_CHANGES, report: chapterOf([seats, copilot]) };
  } catch (error) {
    return { ...NO_CHANGES, report: chapterOf([seats]), errors: [error] };
  }
}

const NO_CHANGES: Changes = { notices: [], errors: [] };

const missingNotice = (location: string): Notice => ({
  level: 'notice',
  text: `previous-report: there is no ${location} yet, so nothing is compared with it. That is expected on the first run.`,
});

/** Without a list of people: the report failed, which is told elsewhere, or its host has none. */
function unused(reports: readonly Report[]): Changes {
  const text = 'previous-report is not used: an Enterprise Server does not list its people.';
  const made = reports.some(({ name }) => name === 'licenses');
  return { ...NO_CHANGES, notices: made ? [{ level: 'warning', text }] : [] };
}

/** Of this run: a table, and how many seats GitHub counts. */
interface List {
  readonly table: Table;
  readonly total: number | undefined;
}

/** `undefined`: the report was not made, or has no list. */
function findList(reports: readonly Report[], file: PreviousFile): List | undefined {
  const { table: name, total } = PREVIOUS_FILES[file];
  for (const { tables, measures } of reports) {
    const table = tables.find((candidate) => candidate.name === name);
    if (table) return { table, total: numberOf(measures, total) };
  }
  return undefined;
}

/** The changes since a time, ISO 8601. */
interface Compared {
  readonly file: PreviousFile;
  readonly changes: readonly Change[];
  readonly since: string;
}

function compareLists(
  file: PreviousFile,
  text: string,
  { table: { columns, rows }, total }: List,
  run: Comparable,
  changesBetween: (before: readonly FileRow[], after: readonly FileRow[]) => readonly Change[],
): Compared {
  const before = readPreviousReport(text, file, run);
  // As they are about to stand in the file.
  const now = rows.map((row) => Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));
  checkListed(file, 'the earlier run', before.rows, before.total);
  checkListed(file, 'this run', now, total);
  return { file, changes: changesBetween(before.rows, now), since: before.generatedAt };
}

/** Whom GitHub counts and does not list has neither gained nor lost anything. */
function checkListed(
  file: PreviousFile,
  when: string,
  rows: readonly FileRow[],
  total: number | undefined,
): void {
  if (total !== 0 && !rows.some(PREVIOUS_FILES[file].isPerson))
    throw new PreviousReportError(file, `GitHub listed nobody in ${when}, so nobody can be compared`);
}

const TITLES = { 'licenses.json': 'People', 'copilot.json': 'Copilot seats' } as const;

const chapterOf = (compared: readonly Compared[]): Chapter => ({
  title: 'Changes of people',
  sections: compared.map(({ file, changes, since }) => changesSection(TITLES[file], changes, since)),
  tables: [changesTable(compared.flatMap(({ changes }) => changes))],
});

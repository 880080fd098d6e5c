/** `previous-report` in a run: who gained or lost a seat since then. */
import { readFile } from 'node:fs/promises';
import { codeOf } from '../common/files.ts';
import type { Inputs } from '../inputs/index.ts';
import type { Chapter, Notice, Report, Table } from '../reports/report.ts';
import { changesSection, changesTable } from './changes-section.ts';
import { compare } from './compare.ts';
import { type PreviousReport, PreviousReportError, readPreviousReport, type UserRow } from './previous.ts';

export interface Changes {
  /** Absent when there is nothing to compare. */
  readonly report?: Chapter;
  readonly notices: readonly Notice[];
  readonly errors: readonly unknown[];
}

/**
 * Compares the people of `reports`, as they are about to be written, with those of the earlier report: under a
 * `redact-key` both are pseudonyms.
 */
export async function readChanges(
  inputs: Inputs,
  reports: readonly Report[],
  redaction: string | undefined,
): Promise<Changes> {
  const { previousReport: file, enterprise } = inputs;
  if (file === undefined) return NO_CHANGES;
  const people = reports.flatMap(({ tables }) => tables).find(({ name }) => name === 'licenses');
  if (people === undefined) return unused(reports);
  try {
    const text = await readText(file);
    return text === undefined
      ? missing(file)
      : {
          ...NO_CHANGES,
          report: compareReports(readPreviousReport(text, { enterprise, redaction }), people),
        };
  } catch (error) {
    return { ...NO_CHANGES, errors: [error] };
  }
}

const NO_CHANGES: Changes = { notices: [], errors: [] };

/** `undefined` when there is no such file. */
async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new PreviousReportError(`${file} cannot be read (${(error as Error).message})`, error);
  }
}

function missing(file: string): Changes {
  const text = `previous-report: there is no ${file} yet, so nothing is compared. That is expected on the first run.`;
  return { ...NO_CHANGES, notices: [{ level: 'notice', text }] };
}

function compareReports(previous: PreviousReport, people: Table): Chapter {
  const changes = compare(previous.users, rowsOf(people));
  return {
    title: 'Changes of people',
    sections: [changesSection(changes, previous.generatedAt)],
    tables: [changesTable(changes)],
  };
}

/** Without a list of people: the report failed, which is told elsewhere, or its host has none. */
function unused(reports: readonly Report[]): Changes {
  const text = 'previous-report is not used: an Enterprise Server does not list its people.';
  const made = reports.some(({ name }) => name === 'licenses');
  return { ...NO_CHANGES, notices: made ? [{ level: 'warning', text }] : [] };
}

/** Rows as they stand in `licenses.json`. */
const rowsOf = ({ columns, rows }: Table): readonly UserRow[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));

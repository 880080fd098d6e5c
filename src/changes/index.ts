/** `previous-report` in a run: who gained or lost a seat since then. */
import { readFile } from 'node:fs/promises';
import type { Inputs } from '../inputs/index.ts';
import type { Chapter, Notice, Report, Table } from '../reports/report.ts';
import { compare } from './compare.ts';
import { PreviousReportError, readPreviousReport, type UserRow } from './previous.ts';
import { changesSection, changesTable } from './report.ts';

export interface Changes {
  /** Absent when there is nothing to compare. */
  readonly report?: Chapter;
  readonly notices: readonly Notice[];
  readonly errors: readonly Error[];
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
  const people = reports.flatMap(({ tables }) => tables).find(({ name }) => name === 'licenses');
  if (inputs.previousReport === undefined) return { notices: [], errors: [] };
  if (people === undefined) return unused(reports);
  try {
    const text = await readFile(inputs.previousReport, 'utf8');
    const previous = readPreviousReport(text, { enterprise: inputs.enterprise, redaction });
    const changes = compare(previous.users, rowsOf(people));
    return {
      report: {
        title: 'Changes of people',
        sections: [changesSection(changes, previous.generatedAt)],
        tables: [changesTable(changes)],
      },
      notices: [],
      errors: [],
    };
  } catch (error) {
    if (error instanceof PreviousReportError) return { notices: [], errors: [error] };
    return unreadable(inputs.previousReport, error as NodeJS.ErrnoException);
  }
}

/** Without a list of people: the report failed, which is told elsewhere, or its host has none. */
function unused(reports: readonly Report[]): Changes {
  const text = 'previous-report is not used: an Enterprise Server does not list its people.';
  const made = reports.some(({ name }) => name === 'licenses');
  return { notices: made ? [{ level: 'warning', text }] : [], errors: [] };
}

/** Rows as they stand in `licenses.json`. */
const rowsOf = ({ columns, rows }: Table): readonly UserRow[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));

function unreadable(file: string, error: NodeJS.ErrnoException): Changes {
  if (error.code === 'ENOENT') {
    const text = `previous-report: there is no ${file} yet, so nothing is compared. That is expected on the first run.`;
    return { notices: [{ level: 'notice', text }], errors: [] };
  }
  return {
    notices: [],
    errors: [new PreviousReportError(`${file} cannot be read (${error.message})`, error)],
  };
}

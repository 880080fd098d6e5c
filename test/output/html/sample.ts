import type { Document } from '../../../src/output/document.ts';
import { htmlPage } from '../../../src/output/html/index.ts';
import type { Block, Table } from '../../../src/reports/report.ts';

/** The least that a document can be. */
export const emptyDocument: Document = {
  title: 'GitHub Enterprise report',
  enterprise: 'octo-corp',
  generatedAt: new Date('2026-11-02T06:00:12Z'),
  apiUrl: 'https://api.github.com',
  status: 'pass',
  headline: 'All is well',
  figures: [],
  alerts: [],
  judgements: [],
  reports: [],
  files: [],
  pages: [],
  redacted: false,
};

export const pageOf = (document: Partial<Document>): string =>
  [...htmlPage({ ...emptyDocument, ...document })].join('');

export const pageWith = (...blocks: readonly Block[]): string =>
  pageOf({ reports: [{ title: 'Report', sections: [{ title: 'Section', blocks }], tables: [] }] });

/** Columns named a, b, … of rows that are arrays. */
export function tableOf(rows: Table['rows'], names = ['a', 'b', 'c']): Table {
  return {
    name: 'things',
    title: 'Things',
    rows,
    columns: names.map((name, index) => ({ name, privacy: 'public', value: (row) => row[index] })),
  };
}

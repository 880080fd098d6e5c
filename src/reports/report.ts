/**
 * What a report is: plain data that writers turn into files, the job summary and step outputs. No writer knows
 * which report it writes, and no report knows a format. Text is as GitHub sent it: each writer escapes for its format.
 */
import type { Measures, MeasuresOf, MetricName, ReportName, Unit } from '../metrics.ts';

/* ── What a person reads ─────────────────────────────────────────────────────────────────────────────────────── */

/**
 * A piece of a sentence. `person` is a login, the one kind of identity that may stand here; redaction replaces it.
 * One that is '' or an email reads "an account".
 * `repository` is `owner/name`, which redaction replaces unless the owner is a known organization.
 * `freeText` is what somebody wrote, which redaction drops; it has no emails.
 */
export type Inline =
  | string
  | { link: string; text: string }
  | { code: string }
  | { strong: string }
  | { person: string }
  | { repository: string }
  | { freeText: string };
export type Text = Inline | readonly Inline[];

/** How a number reads: 1,234 · 12.5 % · 3 days · 1,200 minutes · 5 GB · $1,234.56. */
export type Format = Unit | 'text';

/** An `undefined` cell is an unknown value and reads "–". */
export type Cell = Text | number | undefined;

export interface Figure {
  readonly label: string;
  readonly value: number | string | undefined;
  readonly format: Format;
  /** A few words under the number: "of 4,500 purchased". */
  readonly hint?: string;
  readonly tone?: Tone;
  /** Those that it shows: when a gate on one of them is crossed, it has no better colour than the gate. */
  readonly metrics?: readonly MetricName[];
}

export type Tone = 'good' | 'warn' | 'bad';

/** A chart is a view of a table, and never shown without it. `x` and `y` are the labels of the columns that it draws. */
export interface Chart {
  readonly type: 'pie' | 'bar' | 'line';
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** The column of a second line that the first is held against. */
  readonly against?: string;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly { readonly label: string; readonly format: Format }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly chart?: Chart;
  /** Rows a summary shows before it says how many more there are; all when absent. */
  readonly limit?: number;
  /** The rows shown are the last ones: those of the latest days. */
  readonly fromEnd?: true;
  /** The file that has every row, such as `organizations.csv`. */
  readonly file?: string;
  /** Its rows are those of `file`, one by one, told for people. */
  readonly isFile?: true;
}

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  | {
      readonly kind: 'list';
      readonly items: readonly Text[];
      readonly limit?: number;
      readonly file?: string;
    }
  | { readonly kind: 'callout'; readonly level: 'note' | 'warning' | 'caution'; readonly text: Text }
  | { readonly kind: 'figures'; readonly figures: readonly Figure[] }
  | TableBlock;

export interface Section {
  /** '' where it needs no heading of its own, right under that of its report. */
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Folded away until the reader opens it. */
  readonly collapsed?: boolean;
  /** What it comes to, in a few words that stand beside the title of a folded section. */
  readonly conclusion?: Text;
}

/* ── What a machine reads ────────────────────────────────────────────────────────────────────────────────────── */

export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * What a value says about people, so that redaction can treat it. There is no default: whoever adds a column decides.
 *
 * `public`: nothing (numbers, organizations, hosts, dates). `login`, `name`, `email`, `id`, `url`: becomes a
 * pseudonym (an array's items one by one). `repository`: `owner/name`, whose owner becomes a pseudonym unless it is a
 * known organization. `role`: `org:Role` (public) or `owner/repo:Role` (treated as `repository`). `free-text`:
 * dropped (unknown fields, error texts, recipients).
 */
export type Privacy =
  | 'public'
  | 'login'
  | 'name'
  | 'email'
  | 'id'
  | 'url'
  | 'repository'
  | 'role'
  | 'free-text';

export interface Column<Row> {
  /** The header of the CSV file and the key in JSON: GitHub's own field name where there is one. */
  readonly name: string;
  /** A function where the rows differ. */
  readonly privacy: Privacy | ((row: Row) => Privacy);
  /** `undefined` and `null` are an empty cell; arrays are joined by `, ` in CSV; objects are written as JSON. */
  readonly value: (row: Row) => Json;
  /** On the page it is there when the reader asks for it. */
  readonly minor?: true;
  /** What its numbers or texts are, where they do not show it. A function where the rows differ. */
  readonly unit?: ColumnUnit | ((row: Row) => ColumnUnit | undefined);
}

/** `date`: texts of ISO 8601, days or moments. */
export type ColumnUnit = Unit | 'date';

// biome-ignore lint/suspicious/noExplicitAny: a table's rows are known to its own columns alone
export interface Table<Row = any> {
  /** `licenses` is written to `licenses.csv`. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/**
 * A part of a JSON file: a bare array of rows, or with `source` or `fields` an object
 * `{source, …fields, items: […rows]}`. `fields` hold nothing about people.
 */
export interface Part {
  readonly name: string;
  readonly source?: string;
  readonly fields?: Readonly<Record<string, Json>>;
  readonly table?: Table;
}

/** `{enterprise, generated_at, api_url, metrics, …parts}`, the metrics being those of the report. */
export interface JsonFile {
  /** `licenses` is written to `licenses.json`. */
  readonly name: string;
  readonly parts: readonly Part[];
}

/* ── The report ──────────────────────────────────────────────────────────────────────────────────────────────── */

export interface Notice {
  readonly level: 'notice' | 'warning';
  readonly text: string;
}

/** What a document is made of: sections to read, and every row for formats that can hold them. */
export type Chapter = Pick<Report, 'title' | 'sections' | 'tables'>;

export interface Report {
  readonly name: ReportName;
  readonly title: string;
  readonly measures: Measures;
  /** The numbers that matter, two or three, the first one most. They open the summary and are not repeated in `sections`. */
  readonly figures: readonly Figure[];
  readonly sections: readonly Section[];
  /** Each becomes a CSV file and a table of the HTML page. */
  readonly tables: readonly Table[];
  readonly files: readonly JsonFile[];
  readonly notices: readonly Notice[];
  /** What could not be done, although the rest could: the run's status is `error`. */
  readonly errors: readonly Error[];
  /** Organizations seen in the data: names that are no person's. */
  readonly organizations: readonly string[];
}

/** What a report has nothing of until it says otherwise. */
export const EMPTY_REPORT = {
  figures: [],
  sections: [],
  tables: [],
  files: [],
  notices: [],
  errors: [],
  organizations: [],
} as const satisfies Partial<Report>;

/** A report with all of its metrics. */
export interface ReportOf<Name extends ReportName> extends Report {
  readonly name: Name;
  readonly measures: MeasuresOf<Name>;
}

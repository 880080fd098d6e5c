/** Every file that a run may write, and how one is known for ours: by its name and by what it begins with. */
import type { ReportName } from './metrics.ts';

/** Every format, in the documented order, and the ending of what it writes. */
export const FORMATS = {
  csv: '.csv',
  json: '.json',
  xlsx: '.xlsx',
  markdown: '.md',
  html: '.html',
  prometheus: '.prom',
} as const;
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

/** Stands in the summary and in the page. */
export const GENERATOR = 'enterprise-license-report';
/** What the name of every gauge begins with. */
export const PROMETHEUS_PREFIX = 'enterprise_license_report';

interface ReportFile {
  /** The reports, any of which writes it; `any`: every run. Without one, other versions of the action write it. */
  readonly of?: ReportName | readonly ReportName[] | 'any';
  /** Lists people, so it is not written with `people: false`. */
  readonly ofPeople?: true;
  /** Holds for a file of any version, whatever line ends it was checked out with, within its first 4 KiB. */
  readonly signature: RegExp;
}

/** Any of the `headers`: the first columns of the file, of which no version has others. */
const csv = (...headers: readonly string[]): RegExp => new RegExp(`^(?:${headers.join('|')})(?:,|\\r?\\n)`);
const JSON_FILE = /^\{\s*"enterprise":/;

export const REPORT_FILES: ReadonlyMap<string, ReportFile> = new Map<string, ReportFile>([
  ['licenses.csv', { of: 'licenses', ofPeople: true, signature: csv('github_com_login,github_com_name') }],
  ['licenses.json', { of: 'licenses', signature: JSON_FILE }],
  ['organizations.csv', { of: 'licenses', ofPeople: true, signature: csv('organization,(?:people|owners)') }],
  ['duplicates.csv', { of: 'licenses', ofPeople: true, signature: csv('group,github_com_login') }],
  ['cost-centers.csv', { of: 'licenses', ofPeople: true, signature: csv('cost_center,people') }],
  ['candidates.csv', { of: ['licenses', 'copilot'], ofPeople: true, signature: csv('license,reason') }],
  [
    'visual-studio.csv',
    { of: 'licenses', ofPeople: true, signature: csv('visual_studio_subscription_email,subscription_id') },
  ],
  [
    'changes.csv',
    { of: 'licenses', ofPeople: true, signature: csv('change,github_com_login', 'kind,change') },
  ],
  ['sync-status.csv', { of: 'sync-status', signature: csv('hostname,server_id') }],
  ['sync-status.json', { of: 'sync-status', signature: JSON_FILE }],
  ['billing.json', { of: 'billing', signature: JSON_FILE }],
  ['usage.csv', { of: 'billing', signature: csv('date,product,sku') }],
  ['committers.csv', { of: 'billing', ofPeople: true, signature: csv('product,repository') }],
  ['budgets.csv', { of: 'billing', signature: csv('id,scope,entity') }],
  ['copilot.csv', { of: 'copilot', ofPeople: true, signature: csv('login,plan_type') }],
  ['copilot.json', { of: 'copilot', signature: JSON_FILE }],
  ['metrics.prom', { of: 'any', signature: new RegExp(`^# HELP ${PROMETHEUS_PREFIX}_`) }],
  ['report.xlsx', { of: 'any', signature: new RegExp(`^PK.*<dc:creator>${GENERATOR}</dc:creator>`, 's') }],
  ['report.html', { of: 'any', signature: new RegExp(`<meta name="generator" content="${GENERATOR}">`) }],
  ['summary.md', { of: 'any', signature: new RegExp(`^<!-- generator: ${GENERATOR} -->`) }],
]);

interface Selection {
  readonly reports: readonly ReportName[];
  readonly people: boolean;
  readonly formats: readonly FormatName[];
  readonly previousReport: string | undefined;
}

/** Names of the files that a run with these inputs may write. */
export const namesOfRun = ({ reports, people, formats, previousReport }: Selection): readonly string[] =>
  [...REPORT_FILES].flatMap(([name, { of, ofPeople }]) => {
    if (of === undefined || !formats.some((format) => name.endsWith(FORMATS[format]))) return [];
    if (ofPeople && !people) return [];
    if (name === 'changes.csv' && previousReport === undefined) return [];
    return of === 'any' || [of].flat().some((report) => reports.includes(report)) ? [name] : [];
  });

/** `start`: the first 4 KiB. */
export const isOurs = (name: string, start: string): boolean =>
  REPORT_FILES.get(name)?.signature.test(start.replace(/^\uFEFF/, '')) ?? false;

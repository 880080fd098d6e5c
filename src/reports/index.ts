/** The list of reports: adding one means its folder, this list, its metrics and `action.yml`. */
import {
  allAbsent,
  type Measures,
  metricsOf,
  notDelivered,
  REPORT_NAMES,
  type ReportName,
} from '../metrics.ts';
import { makeBillingReport } from './billing/index.ts';
import type { Context, MakeReport } from './context.ts';
import { makeLicensesReport } from './licenses/report.ts';
import type { Report } from './report.ts';
import { makeSyncStatusReport } from './sync-status/report.ts';

const REPORTS = {
  licenses: makeLicensesReport,
  'sync-status': makeSyncStatusReport,
  billing: makeBillingReport,
} as const satisfies { [Name in ReportName]: MakeReport<Name> };

type ByName = { [Name in ReportName]?: Awaited<ReturnType<(typeof REPORTS)[Name]>> };

export interface Reports {
  /** In the documented order. */
  readonly made: readonly Report[];
  readonly byName: Readonly<ByName>;
  readonly failed: readonly { readonly name: ReportName; readonly error: unknown }[];
}

/** Makes all selected reports at the same time; one that fails leaves the others whole. */
export async function makeReports(context: Context): Promise<Reports> {
  const names = REPORT_NAMES.filter((name) => context.inputs.reports.includes(name));
  const results = await Promise.allSettled(names.map((name) => REPORTS[name](context)));
  const made: Report[] = [];
  const failed: { name: ReportName; error: unknown }[] = [];
  for (const [index, name] of names.entries()) {
    const result = results[index];
    if (result?.status === 'fulfilled') made.push(result.value);
    else failed.push({ name, error: result?.reason });
  }
  const byName = Object.fromEntries(made.map((report) => [report.name, report])) as ByName;
  return { made, byName, failed };
}

/** What all reports measured, those that failed nothing. */
export const measuresOf = ({ made, failed }: Reports): Measures =>
  Object.assign(
    {},
    ...failed.map(({ name }) => allAbsent(metricsOf(name), notDelivered(`the ${name} report failed`))),
    ...made.map(({ measures }) => measures),
  );

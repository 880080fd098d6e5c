/** The list of reports: adding one means its folder, this list, its metrics and `action.yml`. */
import { METRIC_NAMES, METRICS, type Measures, REPORT_NAMES, type ReportName } from '../metrics.ts';
import { makeBillingReport } from './billing/report.ts';
import type { Context, MakeReport } from './context.ts';
import { makeLicensesReport } from './licenses/report.ts';
import type { Report } from './report.ts';
import { makeSyncStatusReport } from './sync-status/report.ts';

const REPORTS = {
  licenses: makeLicensesReport,
  'sync-status': makeSyncStatusReport,
  billing: makeBillingReport,
} as const satisfies Record<ReportName, MakeReport>;

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

/** What all reports measured. A metric of a selected report that it says nothing about was not delivered. */
export function measuresOf({ made, failed }: Reports): Measures {
  const all = (name: ReportName, why: string): Measures =>
    Object.fromEntries(
      METRIC_NAMES.filter(
        (metric) => METRICS[metric].report === name && !('fromHistory' in METRICS[metric]),
      ).map((metric) => [metric, { absent: 'not-delivered', why }]),
    );
  return Object.assign(
    {},
    ...failed.map(({ name }) => all(name, `the ${name} report failed`)),
    ...made.map(({ name, measures }) => ({ ...all(name, 'GitHub did not deliver it'), ...measures })),
  );
}

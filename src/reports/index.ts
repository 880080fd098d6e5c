/** The list of reports: adding one means its folder, this list, its metrics and `action.yml`. */
import type { Absent, Measures, ReportName } from '../metrics.ts';
import { METRIC_NAMES, METRICS } from '../metrics.ts';
import { type BillingReport, makeBillingReport } from './billing/report.ts';
import type { Context, MakeReport } from './context.ts';
import { type LicensesReport, makeLicensesReport } from './licenses/report.ts';
import type { Report } from './report.ts';
import { makeSyncStatusReport } from './sync-status/report.ts';

const REPORTS = {
  licenses: makeLicensesReport,
  'sync-status': makeSyncStatusReport,
  billing: makeBillingReport,
} as const satisfies Record<ReportName, MakeReport>;

export interface Reports {
  readonly licenses: LicensesReport | undefined;
  readonly billing: BillingReport | undefined;
  /** In the documented order. */
  readonly made: readonly Report[];
  readonly failed: readonly { readonly name: ReportName; readonly error: unknown }[];
}

/** Makes all selected reports at the same time; one that fails leaves the others whole. */
export async function makeReports(context: Context): Promise<Reports> {
  const failed: { name: ReportName; error: unknown }[] = [];
  const make = async <T extends ReportName>(name: T) => {
    if (!context.inputs.reports.includes(name)) return undefined;
    try {
      return (await REPORTS[name](context)) as Awaited<ReturnType<(typeof REPORTS)[T]>>;
    } catch (error) {
      failed.push({ name, error });
      return undefined;
    }
  };
  const [licenses, syncStatus, billing] = await Promise.all([
    make('licenses'),
    make('sync-status'),
    make('billing'),
  ]);
  const made = [licenses, syncStatus, billing].filter((report) => report !== undefined);
  return { made, failed, licenses, billing };
}

/** What all reports measured. A metric of a selected report that it says nothing about was not delivered. */
export function measuresOf({ made, failed }: Reports): Measures {
  const defaults = (name: ReportName, absent: Absent): Measures =>
    Object.fromEntries(
      METRIC_NAMES.filter(
        (metric) => METRICS[metric].report === name && !('fromHistory' in METRICS[metric]),
      ).map((metric) => [metric, absent]),
    );
  return Object.assign(
    {},
    ...failed.map(({ name }) =>
      defaults(name, { absent: 'not-delivered', why: `the ${name} report failed` }),
    ),
    ...made.map(({ name, measures }) => ({
      ...defaults(name, { absent: 'not-delivered', why: 'GitHub did not deliver it' }),
      ...measures,
    })),
  );
}

/** The list of reports: adding one means its folder, this list, its metrics and `action.yml`. */
import type { Inputs } from '../inputs/index.ts';
import {
  type Absent,
  allAbsent,
  type Measures,
  metricsOf,
  notDelivered,
  REPORT_NAMES,
  type ReportName,
} from '../metrics.ts';
import { makeBillingReport } from './billing/index.ts';
import { type Context, type MakeReport, NotOfferedError } from './context.ts';
import { addPrices, explainMissing, makeCopilotReport } from './copilot/index.ts';
import { addCosts, makeLicensesReport } from './licenses/index.ts';
import type { Notice, Report } from './report.ts';
import { makeSyncStatusReport } from './sync-status/index.ts';

const REPORTS = {
  licenses: makeLicensesReport,
  'sync-status': makeSyncStatusReport,
  billing: makeBillingReport,
  copilot: makeCopilotReport,
} as const satisfies { [Name in ReportName]: MakeReport<Name> };

type ByName = { [Name in ReportName]?: Awaited<ReturnType<(typeof REPORTS)[Name]>> };

export interface Reports {
  /** In the documented order. */
  readonly made: readonly Report[];
  readonly byName: Readonly<ByName>;
  readonly failed: readonly { readonly name: ReportName; readonly error: unknown }[];
  /** Of `report: all`, those that the host does not offer. */
  readonly leftOut: readonly { readonly name: ReportName; readonly error: NotOfferedError }[];
}

/** Makes all selected reports at the same time; one that fails leaves the others whole. */
export async function makeReports(context: Context): Promise<Reports> {
  const { inputs } = context;
  const names = REPORT_NAMES.filter((name) => inputs.reports.includes(name));
  const results = await Promise.allSettled(names.map((name) => REPORTS[name](context)));
  const byName = joinReports(
    Object.fromEntries(
      results.flatMap((result) => (result.status === 'fulfilled' ? [[result.value.name, result.value]] : [])),
    ) as ByName,
    inputs,
  );
  const failed: { name: ReportName; error: unknown }[] = [];
  const leftOut: { name: ReportName; error: NotOfferedError }[] = [];
  for (const [index, name] of names.entries()) {
    const result = results[index];
    if (result?.status !== 'rejected') continue;
    const bill = byName.billing?.copilot;
    const error = name === 'copilot' ? explainMissing(result.reason, bill, inputs) : result.reason;
    if (inputs.everyReport && error instanceof NotOfferedError) leftOut.push({ name, error });
    else failed.push({ name, error });
  }
  return { made: names.flatMap((name) => byName[name] ?? []), byName, failed, leftOut };
}

/** Organizations have their costs, and Copilot seats their prices, from the bill of the same run. */
function joinReports(byName: ByName, { reports }: Inputs): ByName {
  const { licenses, copilot, billing } = byName;
  return {
    ...byName,
    ...(licenses && billing && { licenses: addCosts(licenses, billing.costByOrganization) }),
    ...(copilot &&
      reports.includes('billing') && {
        copilot: addPrices(copilot, billing?.copilot ?? notDelivered('the billing report failed')),
      }),
  };
}

/** What all reports measured, and why the others have no value. */
export const measuresOf = ({ made, failed, leftOut }: Reports): Measures =>
  Object.assign(
    {},
    ...[...failed, ...leftOut].map(({ name, error }) => allAbsent(metricsOf(name), whyAbsent(name, error))),
    ...made.map(({ measures }) => measures),
  );

const whyAbsent = (name: ReportName, error: unknown): Absent =>
  error instanceof NotOfferedError ? error.absent : notDelivered(`the ${name} report failed`);

/** What `report: all` left out, for the reader. */
export const leftOutNotices = ({ leftOut }: Reports): readonly Notice[] =>
  leftOut.map(({ name, error }) => ({
    level: 'notice',
    text: `report: all leaves out ${name}. ${error.message}`,
  }));

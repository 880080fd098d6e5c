/** The licenses report: who holds a seat, and how many are left. */
import { counted } from '../../common/words.ts';
import { GitHubError } from '../../github/errors.ts';
import type { MeasuresOf } from '../../metrics.ts';
import type { Candidate } from '../candidates/candidates.ts';
import type { Context } from '../context.ts';
import { EMPTY_REPORT, type Notice, type ReportOf, type Section } from '../report.ts';
import { findCandidates } from './candidates.ts';
import { type Duplicates, findDuplicates } from './duplicates.ts';
import { type CloudLicenses, type CloudTotals, fetchLicenses, type ServerLicenses } from './fetch.ts';
import { cloudMeasures, serverMeasures, totalsMeasures } from './measures.ts';
import {
  type CostCenterSeats,
  costCenterSeats,
  type Organizations,
  organizationSeats,
} from './organizations.ts';
import { duplicatesSections } from './sections/duplicates.ts';
import { costCenterSections, organizationSections } from './sections/organizations.ts';
import {
  cloudSections,
  licenseFigures,
  seatFigures,
  serverSections,
  totalsSections,
} from './sections/seats.ts';
import { visualStudioSections } from './sections/visual-studio.ts';
import {
  costCentersTable,
  duplicatesTable,
  licensesTable,
  organizationsTable,
  visualStudioTable,
} from './tables.ts';
import { isUnmatched, type Subscription, tellSubscriptions } from './visual-studio.ts';

/** What is known of the seats, from which every part of the report follows. */
interface Facts {
  readonly licenses: CloudLicenses;
  readonly measures: MeasuresOf<'licenses'>;
  readonly organizations: Organizations;
  readonly costCenters: readonly CostCenterSeats[];
  readonly duplicates: Duplicates;
  /** `undefined`: GitHub did not deliver them. */
  readonly subscriptionRows: readonly Subscription[] | undefined;
}

export interface LicensesReport extends ReportOf<'licenses'> {
  /** `undefined` on an Enterprise Server and with `people: false`. */
  readonly facts: Facts | undefined;
  /** Seats and subscriptions that could be given back; `undefined` where nobody is read. */
  readonly candidates: readonly Candidate[] | undefined;
}

const EMPTY = {
  ...EMPTY_REPORT,
  name: 'licenses',
  title: 'Licenses',
  facts: undefined,
  candidates: undefined,
} as const satisfies Partial<LicensesReport>;

export async function makeLicensesReport(context: Context): Promise<LicensesReport> {
  const licenses = await fetchLicenses(context);
  if (licenses.host === 'server') return serverReport(licenses);
  if (!('people' in licenses)) return totalsReport(licenses);
  return cloudReport(licenses);
}

function cloudReport(licenses: CloudLicenses): LicensesReport {
  const { people, subscriptions } = licenses;
  const organizations = organizationSeats(people);
  const costCenters = costCenterSeats(people);
  const duplicates = findDuplicates(people);
  const subscriptionRows = subscriptions instanceof GitHubError ? undefined : subscriptions.rows;
  const unmatched = subscriptionRows?.filter(isUnmatched) ?? [];
  const candidates = findCandidates({ licenses, duplicates, unmatched });
  const measures = cloudMeasures(licenses, duplicates, candidates);
  const told = tellSubscriptions(subscriptions);
  const facts = { licenses, measures, organizations, costCenters, duplicates, subscriptionRows };
  const table = licensesTable(people);
  const organizationTable = organizationsTable(organizations.rows);
  const duplicateTable = duplicatesTable(duplicates);
  return {
    ...EMPTY,
    measures,
    figures: seatFigures(measures),
    sections: sectionsOn(facts, new Map()),
    tables: [
      table,
      organizationTable,
      ...(costCenters.length > 0 ? [costCentersTable(costCenters)] : []),
      duplicateTable,
      ...(subscriptionRows ? [visualStudioTable(subscriptionRows)] : []),
    ],
    files: [
      {
        name: 'licenses',
        parts: [
          { name: 'organizations', table: organizationTable },
          { name: 'duplicates', table: duplicateTable },
          { name: 'users', table },
        ],
      },
    ],
    notices: [...listingNotices(licenses), ...told.notices],
    errors: told.errors,
    organizations: organizations.names,
    facts,
    candidates,
  };
}

/**
 * The same report with what each organization costs, by the bill of the same run: name, in any case, → US dollars after
 * discounts.
 */
export const addCosts = (report: LicensesReport, netCosts: ReadonlyMap<string, number>): LicensesReport =>
  report.facts === undefined ? report : { ...report, sections: sectionsOn(report.facts, netCosts) };

const sectionsOn = (
  { licenses, measures, organizations, costCenters, duplicates, subscriptionRows }: Facts,
  netCosts: ReadonlyMap<string, number>,
): readonly Section[] => [
  ...cloudSections(licenses, measures),
  ...organizationSections(organizations, netCosts),
  ...costCenterSections(costCenters, licenses.people.length),
  ...duplicatesSections(duplicates),
  ...(subscriptionRows ? visualStudioSections(subscriptionRows, licenses.people) : []),
];

/** Below it, something is likely to be wrong with the listing: some seats have nobody listed, but not one in ten. */
const LISTED_SHARE = 0.9;

/** People listed and seats consumed need not be the same number; far fewer people are worth a look. */
function listingNotices({ people, totals: { consumed } }: CloudLicenses): readonly Notice[] {
  if (consumed === undefined || people.length >= consumed * LISTED_SHARE) return [];
  const seats = `GitHub counts ${counted(consumed, 'consumed seat')}`;
  const text =
    people.length === 0
      ? `${seats} but lists nobody: there is no metric about people in this run.`
      : `${seats} but lists only ${counted(people.length, 'person', 'people')}: what is counted from the list of people may be too low.`;
  return [{ level: 'warning', text }];
}

function totalsReport(licenses: CloudTotals): LicensesReport {
  const measures = totalsMeasures(licenses);
  return {
    ...EMPTY,
    measures,
    figures: seatFigures(measures),
    sections: totalsSections(measures),
    files: [{ name: 'licenses', parts: [] }],
  };
}

function serverReport(licenses: ServerLicenses): LicensesReport {
  const measures = serverMeasures(licenses);
  const source = 'GET /enterprise/settings/license';
  return {
    ...EMPTY,
    measures,
    figures: [
      ...seatFigures(measures, licenses.license.seats === 'unlimited'),
      ...licenseFigures(licenses, measures),
    ],
    sections: serverSections(measures),
    files: [{ name: 'licenses', parts: [{ name: 'license', source, fields: licenses.license }] }],
  };
}

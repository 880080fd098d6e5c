/** The licenses report: who holds a seat, and how many are left. */
import { counted } from '../../common/words.ts';
import { GitHubError } from '../../github/errors.ts';
import type { Context } from '../context.ts';
import { EMPTY_REPORT, type Notice, type ReportOf } from '../report.ts';
import { findCandidates } from './candidates.ts';
import { findDuplicates } from './duplicates.ts';
import { type CloudLicenses, type CloudTotals, fetchLicenses, type ServerLicenses } from './fetch.ts';
import { cloudMeasures, serverMeasures, totalsMeasures } from './measures.ts';
import { costCenterSeats, type OrganizationSeats, organizationSeats } from './organizations.ts';
import { candidatesSections } from './sections/candidates.ts';
import { duplicatesSections } from './sections/duplicates.ts';
import { costCenterSections, organizationSections } from './sections/organizations.ts';
import { cloudSections, seatFigures, serverSections, totalsSections } from './sections/seats.ts';
import { visualStudioSections } from './sections/visual-studio.ts';
import {
  costCentersTable,
  duplicatesTable,
  licensesTable,
  organizationsTable,
  visualStudioTable,
} from './tables.ts';
import { fetchSubscriptions, type Subscriptions, tellSubscriptions } from './visual-studio.ts';

export interface LicensesReport extends ReportOf<'licenses'> {
  /** Empty on an Enterprise Server. */
  readonly organizationSeats: readonly OrganizationSeats[];
}

const EMPTY = {
  ...EMPTY_REPORT,
  name: 'licenses',
  title: 'Licenses',
  organizationSeats: [],
} as const satisfies Partial<LicensesReport>;

export async function makeLicensesReport(context: Context): Promise<LicensesReport> {
  const licenses = await fetchLicenses(context);
  if (licenses.host === 'server') return serverReport(licenses);
  if (!('people' in licenses)) return totalsReport(licenses);
  return cloudReport(licenses, await fetchSubscriptions(context));
}

function cloudReport(licenses: CloudLicenses, subscriptions: Subscriptions | GitHubError): LicensesReport {
  const { people } = licenses;
  const organizations = organizationSeats(people);
  const costCenters = costCenterSeats(people);
  const duplicates = findDuplicates(people);
  const measures = cloudMeasures(licenses, duplicates, subscriptions);
  const subscriptionRows = subscriptions instanceof GitHubError ? undefined : subscriptions.rows;
  const told = tellSubscriptions(subscriptions);
  const table = licensesTable(people);
  const organizationTable = organizationsTable(organizations.rows);
  const duplicateTable = duplicatesTable(duplicates);
  return {
    ...EMPTY,
    measures,
    figures: seatFigures(measures),
    sections: [
      ...cloudSections(licenses, measures),
      ...organizationSections(organizations),
      ...costCenterSections(costCenters, people.length),
      ...duplicatesSections(duplicates),
      ...(subscriptionRows ? visualStudioSections(subscriptionRows, people) : []),
      ...candidatesSections(findCandidates(people, licenses.fields)),
    ],
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
    organizationSeats: organizations.rows,
  };
}

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
    figures: seatFigures(measures, licenses.license.seats === 'unlimited'),
    sections: serverSections(licenses, measures),
    files: [{ name: 'licenses', parts: [{ name: 'license', source, fields: licenses.license }] }],
  };
}

import { type GitHubError, isMissingOnServer } from '../../github/errors.ts';
import { type Absent, type MeasuresOf, notDelivered, nothing, published, wrongHost } from '../../metrics.ts';
import { type Context, licensingAccess, NotOfferedError } from '../context.ts';
import type { Column, ReportOf, Table } from '../report.ts';
import { reader } from '../schemas.ts';
import { syncFigures, syncSections } from './sections.ts';
import { assess, isDate, isStatus, nameOf, type Server, syncStatus } from './servers.ts';

/**
 * Whether the license data of each connected Enterprise Server is in sync; where it is not, people hold two seats.
 *
 * @throws GitHubError
 * @see https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing#get-a-license-sync-status
 */
export async function makeSyncStatusReport({
  client,
  inputs,
  now,
}: Context): Promise<ReportOf<'sync-status'>> {
  // Only an Enterprise Server may go without a slug, and it lists no servers.
  if (inputs.enterprise === '') throw notOnServer();
  const path = `/enterprises/${encodeURIComponent(inputs.enterprise)}/license-sync-status`;
  try {
    const data = await client.get({ path, read: reader(syncStatus), access: licensingAccess(inputs) });
    const servers = data.server_instances.map((instance) => assess(instance, now, inputs.staleAfterDays));
    return reportOn(servers, `GET ${path}`);
  } catch (error) {
    throw isMissingOnServer(error) ? notOnServer(error) : error;
  }
}

function reportOn(servers: readonly Server[], source: string): ReportOf<'sync-status'> {
  const measures = measure(servers);
  const table: Table<Server> = {
    name: 'sync-status',
    title: 'License sync of Enterprise Servers',
    columns: COLUMNS,
    rows: servers,
  };
  return {
    name: 'sync-status',
    title: 'License sync',
    measures,
    figures: syncFigures(measures),
    sections: syncSections(servers),
    tables: [table],
    files: [{ name: 'sync-status', parts: [{ name: 'servers', source, table }] }],
    notices: [],
    errors: [],
    organizations: [],
  };
}

/** Counts of servers, and the age of the oldest sync in days. */
export function measure(servers: readonly Server[]): MeasuresOf<'sync-status'> {
  return {
    servers: servers.length,
    'servers-failing': servers.filter(({ state }) => state === 'failing').length,
    'servers-stale': servers.filter(({ stale }) => stale).length,
    'oldest-sync-days': oldest(servers),
  };
}

function oldest(servers: readonly Server[]): number | Absent {
  if (servers.length === 0) return nothing('no server is connected');
  const undated = servers.filter(({ ageDays }) => ageDays === undefined).map(nameOf);
  if (undated.length > 0) {
    const named = `${undated.slice(0, 3).join(', ')}${undated.length > 3 ? ', …' : ''}`;
    return notDelivered(
      `the last sync of ${named} has no usable date (missing, unreadable or in the future)`,
    );
  }
  return published(servers.reduce((most, { ageDays }) => Math.max(most, ageDays ?? 0), 0));
}

const COLUMNS: Column<Server>[] = [
  { name: 'hostname', privacy: 'public', value: (server) => server.hostname },
  { name: 'server_id', privacy: 'public', value: (server) => server.serverId },
  {
    name: 'last_sync_date',
    privacy: (server) => (isDate(server) ? 'public' : 'free-text'),
    unit: 'date',
    value: (server) => server.date,
  },
  {
    name: 'age_days',
    privacy: 'public',
    value: ({ ageDays }) => (ageDays === undefined ? undefined : published(ageDays)),
  },
  {
    name: 'status',
    privacy: (server) => (isStatus(server) ? 'public' : 'free-text'),
    value: (server) => server.status,
  },
  { name: 'error', privacy: 'free-text', value: (server) => server.error },
  { name: 'state', privacy: 'public', value: (server) => server.state },
];

/** The servers are connected to an enterprise on the cloud, and only that one knows of them. */
function notOnServer(cause?: GitHubError): NotOfferedError {
  const host = cause ? `GitHub Enterprise Server ${cause.serverVersion}` : 'an Enterprise Server';
  return new NotOfferedError(
    `License sync status is not on ${host}: ask the enterprise on GitHub.com or GHE.com that the server is connected to` +
      ' (inputs `api-url` and `enterprise`, with a token of its owner).',
    wrongHost('an Enterprise Server does not list connected servers'),
    cause,
  );
}

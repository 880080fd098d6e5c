/** The sync-status report: whether the license data of each connected Enterprise Server is in sync. */
import type { Context } from '../context.ts';
import { EMPTY_REPORT, type ReportOf } from '../report.ts';
import { fetchInstances } from './fetch.ts';
import { assessServer, measureSync } from './measures.ts';
import { syncFigures, syncSections } from './sections.ts';
import { syncStatusTable } from './tables.ts';

/**
 * Where a server is not in sync, people hold two seats.
 *
 * @throws GitHubError, a NotOfferedError on an Enterprise Server
 */
export async function makeSyncStatusReport(context: Context): Promise<ReportOf<'sync-status'>> {
  const { inputs, now } = context;
  const { path, instances } = await fetchInstances(context);
  const servers = instances.map((instance) => assessServer(instance, now, inputs.staleAfterDays));
  const measures = measureSync(servers);
  const table = syncStatusTable(servers);
  return {
    ...EMPTY_REPORT,
    name: 'sync-status',
    title: 'License sync of Enterprise Servers',
    measures,
    figures: syncFigures(servers, measures),
    sections: syncSections(servers),
    tables: [table],
    files: [{ name: 'sync-status', parts: [{ name: 'servers', source: `GET ${path}`, table }] }],
  };
}

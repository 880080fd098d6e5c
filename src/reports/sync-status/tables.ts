/** What a machine reads of the license sync: one row a server. */
import { published } from '../../metrics.ts';
import type { Column, Table } from '../report.ts';
import { isDate, isStatus, type Server } from './measures.ts';

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

/** `sync-status.csv` and the servers of `sync-status.json`. */
export const syncStatusTable = (servers: readonly Server[]): Table<Server> => ({
  name: 'sync-status',
  title: 'License sync of Enterprise Servers',
  columns: COLUMNS,
  rows: servers,
});

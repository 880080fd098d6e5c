/** How each connected Enterprise Server stands with its license sync, and the metrics that follow. */
import { daysSince, readDate } from '../../common/dates.ts';
import { counted } from '../../common/words.ts';
import { type Absent, type MeasuresOf, notDelivered, nothing, published } from '../../metrics.ts';
import type { Instance } from './fetch.ts';

/** Failing wins over stale. `unknown`: nothing says that the sync fails, and no date says when it last ran. */
export type SyncState = 'ok' | 'failing' | 'stale' | 'unknown';

export interface Server {
  readonly hostname: string;
  readonly serverId: string;
  readonly date: string;
  /** `undefined` when the date cannot be read or is in the future. */
  readonly ageDays: number | undefined;
  readonly status: string;
  readonly error: string;
  readonly state: SyncState;
  /** Older than allowed, or without a readable date: a failing server can be stale too. */
  readonly stale: boolean;
  /** What is wrong, a few words each; none when all is well. */
  readonly remarks: readonly string[];
}

/** What a reader knows a server by. */
export const nameOf = ({ hostname, serverId }: Server): string => hostname || serverId || 'unnamed';

/** GitHub documents `success` and no other status, so that anything else did not succeed. */
export function assessServer(
  { server_id, hostname, last_sync }: Instance,
  now: Date,
  staleAfterDays: number,
): Server {
  const { date, status, error } = last_sync;
  const never = date.trim() === '' && status.trim() === '' && error.trim() === '';
  const failing = !never && status.trim().toLowerCase() !== 'success';
  const sync = readSync(date, now);
  const stale = sync.ageDays === undefined || sync.ageDays > staleAfterDays;
  return {
    hostname,
    serverId: server_id,
    date,
    ageDays: sync.ageDays,
    status,
    error,
    state: failing ? 'failing' : sync.ageDays === undefined ? 'unknown' : stale ? 'stale' : 'ok',
    stale,
    remarks: [
      ...(failing ? [failure(status)] : []),
      ...(never ? ['never synced'] : (sync.remark ?? [])),
      ...(stale && sync.ageDays !== undefined ? [`older than ${counted(staleAfterDays, 'day')}`] : []),
    ],
  };
}

const failure = (status: string): string => {
  const said = status.trim();
  if (said === '') return 'no status is given';
  return /^(failed|failure|error)$/i.test(said)
    ? 'the last sync failed'
    : isPlain(said)
      ? `the status is “${said}”`
      : 'it has an undocumented status';
};

/** A word or two, and not a sentence that may be about people. */
const isPlain = (status: string): boolean => /^[\w -]{0,30}$/.test(status);

/** What GitHub means to be a status or a date can be free text on the way from a server. */
export const isStatus = ({ status }: Server): boolean => isPlain(status.trim());
export const isDate = ({ date }: Server): boolean => date === '' || readDate(date.trim()) !== undefined;

/** The age of a sync, or why there is none. */
function readSync(date: string, now: Date): { ageDays: number | undefined; remark?: string[] } {
  if (date.trim() === '') return { ageDays: undefined, remark: ['no date is given'] };
  const time = readDate(date.trim());
  if (time === undefined) return { ageDays: undefined, remark: ['the date cannot be read'] };
  const ageDays = daysSince(time, now);
  return ageDays === undefined ? { ageDays, remark: [`the date ${date} is in the future`] } : { ageDays };
}

/* ── Metrics ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/** Counts of servers, and the age of the oldest sync in days. */
export function measureSync(servers: readonly Server[]): MeasuresOf<'sync-status'> {
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

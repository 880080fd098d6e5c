/** What follows for connected servers. */

import { NOW } from '../clock.ts';
import { isNothing, type Metrics, row, rows, text } from './reading.ts';
import type { Json } from './schema.ts';
import { SYNC_DATES } from './sound.ts';

export const SYNC = ['servers', 'servers-failing', 'servers-stale', 'oldest-sync-days'];
const DAY = 86_400_000;

export function syncs([body]: readonly Json[], staleAfterDays: number): Metrics {
  const servers = rows(row(body).server_instances).map((server) => {
    const sync = isNothing(server.last_sync) ? {} : row(server.last_sync);
    const [date, status, error] = [text(sync.date), text(sync.status), text(sync.error)];
    const time = SYNC_DATES.get(date);
    const never = [date, status, error].every((said) => said.trim() === '');
    return {
      isFailing: !never && status.trim().toLowerCase() !== 'success',
      age: time === undefined ? undefined : (NOW.getTime() - time) / DAY,
    };
  });
  const ages = servers.flatMap(({ age }) => age ?? []);
  return {
    servers: servers.length,
    'servers-failing': servers.filter(({ isFailing }) => isFailing).length,
    'servers-stale': servers.filter(({ age }) => age === undefined || age > staleAfterDays).length,
    'oldest-sync-days':
      ages.length === servers.length && ages.length > 0
        ? Math.round(Math.max(...ages) * 100) / 100
        : undefined,
  };
}

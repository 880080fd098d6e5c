/** Who holds the seats: a person can have several grants, and is in one state. */

import { daysSince, readDate } from '../../common/dates.ts';
import { fold } from '../../common/text.ts';
import type { Plan } from '../billing/copilot.ts';
import type { Grant } from './fetch.ts';

/**
 * `ending`: every grant ends. Else `active`: with activity within the limit. Else `new`: the earliest grant is within
 * the limit. Else `inactive`. `unknown`: a date that decides cannot be read or lies ahead.
 */
export const STATES = ['active', 'inactive', 'new', 'ending', 'unknown'] as const;
export type SeatState = (typeof STATES)[number];

export interface SeatHolder {
  /** As first listed. */
  readonly login: string;
  readonly grants: readonly Grant[];
  readonly state: SeatState;
  /** The dearest of the grants; `undefined` where one that GitHub does not name could be dearer. */
  readonly plan: Plan | undefined;
  /** Of the latest activity that can be read; `undefined` where there is none in the 90 days that GitHub keeps. */
  readonly lastActivity:
    | { readonly date: string; readonly daysAgo: number; readonly editor: string }
    | undefined;
}

/** Everyone once, in the order of the grants. Grants of nobody are left out. */
export function findHolders(
  grants: readonly Grant[],
  now: Date,
  inactiveAfterDays: number,
): readonly SeatHolder[] {
  const byPerson = Map.groupBy(
    grants.filter(({ login }) => login !== ''),
    ({ login }) => fold(login),
  );
  return Array.from(byPerson.values(), (own) => {
    const activities = own.flatMap(({ last_activity_at: date, last_activity_editor: editor }) => {
      const daysAgo = daysAt(date, now);
      return daysAgo === undefined ? [] : [{ date: date.trim(), daysAgo, editor: editor.trim() }];
    });
    return {
      login: own[0]?.login ?? '',
      grants: own,
      state: stateOf(own, now, inactiveAfterDays),
      plan: planOf(own),
      lastActivity: activities.sort((a, b) => a.daysAgo - b.daysAgo)[0],
    };
  });
}

/** Days since a date of GitHub's; `undefined` where there is none, or it cannot be read or lies ahead. */
function daysAt(date: string, now: Date): number | undefined {
  const time = readDate(date.trim());
  return time === undefined ? undefined : daysSince(time, now);
}

/** A date that cannot be used matters only where the others leave the state open. */
function stateOf(grants: readonly Grant[], now: Date, limit: number): SeatState {
  const isGiven = (date: string) => date.trim() !== '';
  const ends = grants.map(({ pending_cancellation_date: date }) => date).filter(isGiven);
  if (ends.length === grants.length)
    return ends.every((date) => readDate(date.trim()) !== undefined) ? 'ending' : 'unknown';
  const isWithin = (days: number | undefined) => days !== undefined && days <= limit;
  const active = grants
    .map((grant) => grant.last_activity_at)
    .filter(isGiven)
    .map((date) => daysAt(date, now));
  if (active.some(isWithin)) return 'active';
  if (active.includes(undefined)) return 'unknown';
  const created = grants.map((grant) => daysAt(grant.created_at, now));
  if (created.some((days) => days !== undefined && days > limit)) return 'inactive';
  return created.includes(undefined) ? 'unknown' : 'new';
}

/** Who grants a seat: an organization, or a team of the enterprise; '' where GitHub does not say. */
export const grantorOf = ({ organization, team }: Pick<Grant, 'organization' | 'team'>): string =>
  organization || (team && `${team} (team)`);

/** What editors say of themselves, `vscode/1.77.3/copilot/1.86.82` or `VS Code 1.89.1`, and no text that may be about people. */
export const isEditor = (text: string): boolean => /^[\w .+/()-]{0,100}$/.test(text);

function planOf(grants: readonly Grant[]): Plan | undefined {
  const plans = new Set(grants.map(({ plan_type: plan }) => fold(plan)));
  if (plans.has('enterprise')) return 'enterprise';
  return plans.size === 1 && plans.has('business') ? 'business' : undefined;
}

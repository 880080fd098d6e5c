/** Grants of Copilot seats as GitHub sends them, with what a test does not say left as documented. */
import { NOW } from '../../clock.ts';

export const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

/** Of a year ago, and never used. `login` null: of nobody. */
export const sent = (login: string | null, fields: Readonly<Record<string, unknown>> = {}) => ({
  created_at: daysAgo(365),
  pending_cancellation_date: null,
  last_activity_at: null,
  last_activity_editor: null,
  last_authenticated_at: null,
  plan_type: 'business',
  assignee: login === null ? null : { login, id: 1, avatar_url: 'https://example.com/' },
  organization: { login: 'acme', id: 2 },
  assigning_team: null,
  ...fields,
});

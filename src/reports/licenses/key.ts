import { fold } from '../../names.ts';
import type { Person } from './person.ts';

/** What tells one person from another; the rest of the row may be anything. */
export type Handles = Pick<
  Person,
  'github_com_login' | 'enterprise_server_user_ids' | 'visual_studio_subscription_email'
>;

/**
 * Who a row is about: the login, else the first server id, else the Visual Studio email, else the whole row, because
 * many people have no login. The key is for comparing only; it is not shown.
 */
export function personKey(person: Handles): string {
  const login = fold(person.github_com_login);
  if (login) return `login ${login}`;
  const serverId = person.enterprise_server_user_ids.map(fold).find(Boolean);
  if (serverId) return `server ${serverId}`;
  const email = fold(person.visual_studio_subscription_email);
  if (email) return `visual-studio ${email}`;
  return `row ${JSON.stringify(person)}`;
}

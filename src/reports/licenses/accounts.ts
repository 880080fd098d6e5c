/**
 * Which accounts a person has. Metrics go by the flags alone, as they are documented; all else goes by the flag or the
 * handle, because GitHub leaves either empty at times.
 */
import type { Person } from './person.ts';

type Accounts = Pick<
  Person,
  | 'github_com_login'
  | 'github_com_user'
  | 'enterprise_server_user_ids'
  | 'enterprise_server_user'
  | 'visual_studio_subscription_email'
  | 'visual_studio_subscription_user'
>;

export const isCloud = (person: Accounts): boolean => person.github_com_user === true;
export const isServer = (person: Accounts): boolean => person.enterprise_server_user === true;
export const isVisualStudio = (person: Accounts): boolean => person.visual_studio_subscription_user === true;

export const hasCloudAccount = (person: Accounts): boolean =>
  person.github_com_login !== '' || isCloud(person);

export const hasServerAccount = (person: Accounts): boolean =>
  person.enterprise_server_user_ids.length > 0 || isServer(person);

export type Kind = 'cloud' | 'server' | 'cloud and server' | 'Visual Studio';

/** `undefined`: GitHub tells of none of them, as of somebody who is only invited. */
export function kindOf(person: Accounts): Kind | undefined {
  if (hasCloudAccount(person)) return hasServerAccount(person) ? 'cloud and server' : 'cloud';
  if (hasServerAccount(person)) return 'server';
  return isVisualStudio(person) || person.visual_studio_subscription_email !== ''
    ? 'Visual Studio'
    : undefined;
}

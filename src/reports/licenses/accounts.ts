import type { Person } from './person.ts';

/** By its flag or by its handle: GitHub leaves either empty at times. */
export const hasCloudAccount = (person: Person): boolean =>
  person.github_com_login !== '' || person.github_com_user === true;

export const hasServerAccount = (person: Person): boolean =>
  person.enterprise_server_user_ids.length > 0 || person.enterprise_server_user === true;

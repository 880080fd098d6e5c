/**
 * Products, SKUs and units are spelled in several ways: `Actions Linux` and `actions_linux`, `GigabyteHours` and
 * `gigabyte-hours`. Compared by this key, they are one. Names that are more than another spelling: skus.ts.
 */
export function nameKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = name.toLowerCase().replace(/[\s_-]/g, '');
    keys.set(name, key);
  }
  return key;
}

/** A report has few names and very many items. */
const keys = new Map<string, string>();

/** Organizations, repositories and logins: GitHub ignores the case, and nothing else. */
export const handleKey = (name: string): string => name.toLowerCase();

/** `owner/name`, as far as GitHub says; '' for usage of no repository. */
export function fullName(organization: string, repository: string): string {
  if (repository === '' || repository.includes('/') || organization === '') return repository;
  return `${organization}/${repository}`;
}

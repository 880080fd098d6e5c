/**
 * Products, SKUs and units go by several spellings: `Actions Linux` and `actions_linux`, `GigabyteHours` and
 * `gigabyte-hours`. Compared by this key, they are one.
 */
export function nameKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    const plain = name.toLowerCase().replace(/[\s_-]/g, '');
    key = RENAMED[plain] ?? plain;
    keys.set(name, key);
  }
  return key;
}

/** A report has few names and very many items. */
const keys = new Map<string, string>();

/** The same SKU in GitHub's migration table and in its list of SKUs. */
const RENAMED: Readonly<Record<string, string>> = { packagesdatatransfer: 'packagesbandwidth' };

/** Organizations, repositories and logins: GitHub ignores the case, and nothing else. */
export const handleKey = (name: string): string => name.toLowerCase();

/** `owner/name`, as far as GitHub says; '' for usage of no repository. */
export function fullName(organization: string, repository: string): string {
  if (repository === '' || repository.includes('/') || organization === '') return repository;
  return `${organization}/${repository}`;
}

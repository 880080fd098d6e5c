/**
 * Products, SKUs and units are spelled in several ways: `Actions Linux` and `actions_linux`, `GigabyteHours` and
 * `gigabyte-hours`. Compared by this key, they are one. Names that are more than another spelling: skus.ts.
 */
export const nameKey = remember((name) => name.toLowerCase().replace(/[\s_-]/g, ''));

/** A report has few names and very many items: what follows from a name is found once. */
export function remember<T>(find: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      found = find(name);
      known.set(name, found);
    }
    return found;
  };
}

/** Organizations, repositories and logins: GitHub ignores the case, and nothing else. */
export const handleKey = (name: string): string => name.toLowerCase();

/** `owner/name`, as far as GitHub says; '' for usage of no repository. */
export function fullName(organization: string, repository: string): string {
  if (repository === '' || repository.includes('/') || organization === '') return repository;
  return `${organization}/${repository}`;
}

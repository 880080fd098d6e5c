import type { Inline } from '../report.ts';

const SHOWN = 10;

/**
 * The logins of people on whom someone has to act, ten at most, and where the others are. Those without a login are
 * counted only: nothing else about a person may be shown. `people` is not empty.
 */
export function namedPeople(
  people: readonly { readonly github_com_login: string }[],
  file: string,
): readonly Inline[] {
  const shown = people.flatMap(({ github_com_login: login }) => (login ? [login] : [])).slice(0, SHOWN);
  const names = shown.flatMap((login, index): Inline[] => [...(index > 0 ? [', '] : []), { person: login }]);
  const hidden = people.length - shown.length;
  if (hidden === 0) return names;
  if (shown.length === 0) return [`${hidden}, listed in `, { code: file }];
  return [...names, ` and ${hidden} more in `, { code: file }];
}

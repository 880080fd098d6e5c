/** What a reader learns of the people who gained or lost a seat since an earlier run. */
import { namedPeople, table } from '../reports/blocks.ts';
import { personColumns } from '../reports/licenses/fields.ts';
import type { Block, Section, Table } from '../reports/report.ts';
import type { Change } from './compare.ts';
import type { Difference } from './seat.ts';

/** `changes.csv`. */
export const changesTable = (changes: readonly Change[]): Table<Change> => ({
  name: 'changes',
  title: 'Changes of people',
  columns: [
    { name: 'change', privacy: 'public', value: ({ change }) => change },
    ...personColumns(
      ['github_com_login', 'enterprise_server_user_ids', 'visual_studio_subscription_email'],
      (row: Change) => row.person,
    ),
    { name: 'previous_login', privacy: 'login', value: ({ difference }) => difference.previousLogin },
    { name: 'license_type', privacy: 'public', value: ({ difference }) => difference.licenseType },
    { name: 'kind', privacy: 'public', value: ({ difference }) => difference.kind },
    {
      name: 'visual_studio_subscription',
      privacy: 'public',
      value: ({ difference }) => difference.visualStudio,
    },
    { name: 'enterprise_roles', privacy: 'public', value: ({ difference }) => difference.enterpriseRoles },
    {
      name: 'organizations_joined',
      privacy: 'public',
      value: ({ difference }) => difference.organizationsJoined,
    },
    {
      name: 'organizations_left',
      privacy: 'public',
      value: ({ difference }) => difference.organizationsLeft,
    },
  ],
  rows: changes,
});

const LABELS: Readonly<Record<keyof Difference, string>> = {
  previousLogin: 'login',
  licenseType: 'license type',
  kind: 'cloud, server or both',
  visualStudio: 'Visual Studio subscription',
  enterpriseRoles: 'enterprise roles',
  organizationsJoined: 'joined an organization',
  organizationsLeft: 'left an organization',
};

/** `since`: the time of the earlier run, ISO 8601. */
export function changesSection(changes: readonly Change[], since: string): Section {
  const of = (kind: Change['change']) => changes.filter(({ change }) => change === kind);
  const [gained, lost, changed] = [of('gained'), of('lost'), of('changed')];
  return {
    title: `People since ${new Date(since).toISOString().slice(0, 10)}`,
    blocks: [
      {
        kind: 'figures',
        figures: [
          { label: 'Gained a seat', value: gained.length, format: 'number' },
          { label: 'Lost a seat', value: lost.length, format: 'number' },
          { label: 'Changed', value: changed.length, format: 'number' },
        ],
      },
      ...aspectsTable(changed),
      ...names([
        ['Gained a seat', gained],
        ['Lost a seat', lost],
        ['Changed', changed],
      ]),
    ],
  };
}

function aspectsTable(changed: readonly Change[]): readonly Block[] {
  if (changed.length === 0) return [];
  const rows = (Object.keys(LABELS) as (keyof Difference)[])
    .map(
      (aspect) =>
        [LABELS[aspect], changed.filter(({ difference }) => difference[aspect].length > 0).length] as const,
    )
    .filter(([, people]) => people > 0);
  return [table({ 'What changed': 'text', People: 'number' }, rows)];
}

function names(lists: readonly (readonly [title: string, changes: readonly Change[]])[]): readonly Block[] {
  const items = lists
    .filter(([, changes]) => changes.length > 0)
    .map(([title, changes]) => [
      { strong: title },
      ': ',
      ...namedPeople(
        changes.map(({ person }) => person),
        'changes.csv',
      ),
    ]);
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}

/** What a person reads of the people who gained or lost a license since an earlier run. */
import { count } from '../common/words.ts';
import { namedPeople, text } from '../reports/blocks.ts';
import { personColumns } from '../reports/licenses/fields.ts';
import type { Block, Column, Section, Table } from '../reports/report.ts';
import type { Aspect, Change } from './difference.ts';

const aspect = (name: string, key: Aspect): Column<Change> => ({
  name,
  privacy: 'public',
  value: ({ difference }) => difference[key],
});

/** `changes.csv`. */
export const changesTable = (changes: readonly Change[]): Table<Change> => ({
  name: 'changes',
  title: 'Changes of people',
  columns: [
    { name: 'kind', privacy: 'public', value: ({ kind }) => kind },
    { name: 'change', privacy: 'public', value: ({ change }) => change },
    ...personColumns(
      ['github_com_login', 'enterprise_server_user_ids', 'visual_studio_subscription_email'],
      (row: Change) => row.person,
    ),
    { name: 'previous_login', privacy: 'login', value: ({ difference }) => difference.previousLogin },
    aspect('license_type', 'licenseType'),
    aspect('accounts', 'accounts'),
    aspect('visual_studio_subscription', 'visualStudio'),
    aspect('enterprise_roles', 'enterpriseRoles'),
    aspect('organizations_joined', 'organizationsJoined'),
    aspect('organizations_left', 'organizationsLeft'),
    aspect('plan_type', 'planType'),
    aspect('grantors_added', 'grantorsAdded'),
    aspect('grantors_removed', 'grantorsRemoved'),
    aspect('pending_cancellation_date', 'ends'),
  ],
  rows: changes,
});

const LABELS: Readonly<Record<Aspect, string>> = {
  previousLogin: 'login',
  licenseType: 'license type',
  accounts: 'cloud, server or both',
  visualStudio: 'Visual Studio subscription',
  enterpriseRoles: 'enterprise roles',
  organizationsJoined: 'joined an organization',
  organizationsLeft: 'left an organization',
  planType: 'plan',
  grantorsAdded: 'granted by one more organization or team',
  grantorsRemoved: 'granted by one organization or team fewer',
  ends: 'end of the seat',
};

/** `since`: the time of the earlier run, ISO 8601. */
export function changesSection(title: string, changes: readonly Change[], since: string): Section {
  const of = (kind: Change['change']) => changes.filter(({ change }) => change === kind);
  const [gained, lost, changed] = [of('gained'), of('lost'), of('changed')];
  const heading = `${title} since ${new Date(since).toISOString().slice(0, 10)}`;
  if (changes.length === 0)
    return { title: heading, blocks: [text('Nobody gained or lost a seat, or changed.')] };
  return {
    title: heading,
    collapsed: true,
    conclusion: `${count(gained.length)} gained a seat, ${count(lost.length)} lost one, ${count(changed.length)} changed`,
    blocks: names([
      ['Gained a seat', gained],
      ['Lost a seat', lost],
      ['Changed', changed],
    ]),
  };
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
      describeAspects(changes.filter(({ change }) => change === 'changed')),
    ]);
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}

/** ` (plan 3, login 1)`: for how many people each aspect changed. */
function describeAspects(changed: readonly Change[]): string {
  const counts = (Object.keys(LABELS) as Aspect[])
    .map(
      (name) => [LABELS[name], changed.filter(({ difference }) => difference[name]?.length).length] as const,
    )
    .filter(([, people]) => people > 0);
  return counts.length === 0
    ? ''
    : ` (${counts.map(([label, people]) => `${label} ${count(people)}`).join(', ')})`;
}

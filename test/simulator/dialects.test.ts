import { afterEach, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { DIALECTS, type Dialect, isInvitedOnly } from './dialects.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './server.ts';
import { get, getAll } from './support.ts';

let simulator: Simulator;
afterEach(() => simulator.close());

const start = async (dialect: Dialect, options: Partial<SimulatorOptions> = {}) => {
  const shares = { pendingInvitation: 0.2, outsideCollaborator: 0.2 };
  simulator = await startSimulator({ now: NOW, seats: 300, shares, dialect, ...options });
  return simulator;
};
const people = async () =>
  (await getAll(simulator, 'consumed-licenses?per_page=100')).flatMap((body) => body.users);
const billing = async (path: string) => (await get(simulator, `settings/billing/${path}`)).body;
const values = (rows: Record<string, unknown>[], field: string) => new Set(rows.map((row) => row[field]));

describe.each(DIALECTS.slice(1))('%s', (dialect) => {
  test('people have pending roles, alone or beside others, null for empty text, and more fields', async () => {
    await start(dialect);
    const rows = simulator.enterprise.people;
    const roles = values(
      rows.map((row) => ({ roles: row.github_com_enterprise_roles.join() })),
      'roles',
    );
    for (const role of ['Pending invitation', 'Pending outside collaborator invitation'])
      expect([...roles]).toContain(role);
    expect([...roles].some((role) => /^.+,Pending/.test(String(role)))).toBe(true);
    for (const row of rows.filter(isInvitedOnly))
      expect([row.github_com_member_roles, row.github_com_orgs_with_pending_invites]).toEqual([[], []]);
    for (const field of ['github_com_name', 'github_com_saml_name_id', 'visual_studio_subscription_email'])
      expect([...values(rows, field)], field).toEqual(expect.arrayContaining(['', null]));
    expect(rows[0]).toHaveProperty('github_com_cost_center');
    expect(rows[0]).toHaveProperty('github_com_two_factor_auth_required_by_date');
  });

  test('line items have names for people, the summary has identifiers, and the sums are the same', async () => {
    await start(dialect);
    const [{ costCenters }, { usageItems: summary }] = [
      await billing('cost-centers?state=active'),
      await billing('usage/summary?year=2026&month=11'),
    ];
    expect([...values(costCenters, 'state')]).toEqual(
      expect.arrayContaining([undefined, 'active', 'deleted']),
    );
    const parts = ['', ...costCenters.map(({ id }: { id: string }) => `&cost_center_id=${id}`)];
    const bodies = await Promise.all(parts.map((part) => billing(`usage?year=2026&month=11${part}`)));
    const lines = bodies.flatMap(({ usageItems }) => usageItems);
    expect([...values(lines, 'sku')]).toEqual(
      expect.arrayContaining(['Actions macOS 3-core', 'Copilot Business', 'Copilot AI Credits']),
    );
    expect([...values(summary, 'sku')]).toEqual(
      expect.arrayContaining(['actions_macos', 'copilot_for_business', 'copilot_ai_credits']),
    );
    expect([...values(lines, 'unitType')]).toEqual(expect.arrayContaining(['GigabyteHours', 'UserMonths']));
    expect([...values(summary, 'unitType')]).toContain('user-months');
    const net = (items: { netAmount: number }[]) => items.reduce((sum, item) => sum + item.netAmount, 0);
    expect(net(lines)).toBeCloseTo(net(summary), 4);
    expect(lines[0].date).toMatch(/T01:12:28Z$/);
    for (const { repositoryName } of lines) expect(repositoryName).not.toContain('/');
  });

  test('budgets come ten a page whatever is asked for, with those of people and who spent what', async () => {
    await start(dialect);
    const page = await billing('budgets?per_page=100');
    expect([page.budgets.length, page.has_next_page, page.total_count]).toEqual([10, true, 27]);
    const scopes = values(simulator.billing.budgets as never, 'budget_scope');
    expect([...scopes]).toEqual(
      expect.arrayContaining(['user', 'multi_user_customer', 'multi_user_cost_center']),
    );
    const [everybody, members] = simulator.billing.budgets.toReversed();
    const pages = [1, 2, 3].map(
      (number) => `budgets/${everybody?.id}/user-states?per_page=100&page=${number}`,
    );
    const states = (await Promise.all(pages.map(billing))).flatMap((body) => body.user_states);
    expect(new Set(states.map(({ user }) => user)).size).toBe(states.length);
    const sum = states.reduce((total, state) => total + state.consumed_amount, 0);
    expect(sum).toBeCloseTo(everybody?.consumed_amount ?? 0, 6);
    const overrides = values(states, 'override_budget_id');
    expect([...overrides]).toEqual(expect.arrayContaining([undefined, null, members?.id]));
    const over = await billing(`budgets/${everybody?.id}/user-states?threshold_lower_bound=100`);
    expect(over.total_count).toBe(
      states.filter(({ consumed_amount, target_amount }) => consumed_amount >= target_amount).length,
    );
  });
});

test('on GHE.com the fields of a person begin with github_, at times beside an empty other name', async () => {
  await start('ghe.com');
  const served = await people();
  expect(served).toHaveLength(300);
  for (const [index, row] of simulator.enterprise.people.entries()) {
    const { github_com_login: documented, github_login: login, github_user: user } = served[index];
    expect(documented || login).toBe(row.github_com_login);
    expect(user).toBe(row.github_com_user);
    expect(documented === undefined).toBe(index % 4 > 1);
  }
});

test('paid by usage, nothing is purchased, and invitations consume nothing', async () => {
  for (const [unpurchased, purchased] of [
    [undefined, 0],
    [0, 0],
    [null, null],
    ['absent', undefined],
  ] as const) {
    await start('usage-based', { unpurchased });
    const { body } = await get(simulator, 'consumed-licenses');
    expect(body.total_seats_purchased).toBe(purchased);
    const invited = simulator.enterprise.people.filter(isInvitedOnly).length;
    expect(invited).toBeGreaterThan(5);
    expect(body.total_seats_consumed).toBe(300 - invited);
    const committers = await billing('advanced-security');
    expect(committers.purchased_advanced_security_committers).toBe(0);
    if (unpurchased !== 'absent') await simulator.close();
  }
});

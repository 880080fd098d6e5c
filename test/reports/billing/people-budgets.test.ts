/** Budgets of people: who has used up their own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Query } from '../../../src/github/resource.ts';
import { refusal } from '../fake-client.ts';
import { budget, METERED, partOf, reportOn, rowsOf, said, tableOf } from './host.ts';

const AI = { budget_type: 'BundlePricing', budget_product_sku: 'ai_credits' };
const own = (user: string, budget_amount: number, consumed_amount?: number, id = `own-${user}`) =>
  budget({ ...AI, id, budget_scope: 'user', budget_entity_name: user, user, budget_amount, consumed_amount });
const everyone = (budget_amount: number, id = 'everyone') =>
  budget({ ...AI, id, budget_scope: 'multi_user_customer', budget_amount, consumed_amount: 35_000 });
const team = (budget_amount: number, budget_entity_name = 'Research', id = 'team') =>
  budget({ ...AI, id, budget_scope: 'multi_user_cost_center', budget_entity_name, budget_amount });
const state = (
  user: string,
  consumed_amount: number,
  target_amount: number,
  override_budget_id?: string,
) => ({
  user,
  consumed_amount,
  target_amount,
  ...(override_budget_id && { override_budget_id }),
});
const page = (...user_states: object[]) => ({
  user_states,
  has_next_page: false,
  total_count: user_states.length,
});
const states = (id: string) => `budgets/${id}/user-states`;

const host = (budgets: object[], replies: Record<string, unknown> = {}) => ({
  ...METERED,
  budgets: { budgets, has_next_page: false },
  ...replies,
});
const over = async (...given: Parameters<typeof host>) =>
  (await reportOn(host(...given))).measures['user-budgets-over'];

describe('people whose own budget is reached', () => {
  test('are those of budgets of their own', async () => {
    const budgets = [own('mona', 978, 5.53), own('lisa', 50, 51), own('octo', 50, 50), own('zero', 0, 3)];
    expect(await over(budgets)).toBe(2);
  });

  test('are one each, whatever the case of the login', async () => {
    expect(await over([own('mona', 10, 11), own('Mona', 5, 11, 'another')])).toBe(1);
  });

  test('are those at the limit of a budget for each of many, without those whom another budget decides for', async () => {
    const budgets = [everyone(10), team(20), own('rich', 500, 40), own('poor', 5, 6), own('blocked', 0, 12)];
    const cost = {
      'cost-centers': {
        costCenters: [
          { id: 'cc', name: 'Research', state: 'active', resources: [{ type: 'User', name: 'Member' }] },
        ],
      },
      [states('everyone')]: page(
        state('plain', 10, 10),
        state('rich', 40, 10),
        state('poor', 6, 6, 'own-poor'),
        state('blocked', 12, 10),
        state('member', 15, 10),
        state('elsewhere', 30, 10, 'team'),
        state('under', 9.99, 10),
      ),
      [states('team')]: page(state('elsewhere', 30, 20), state('Plain', 21, 20)),
    };
    // plain, poor, elsewhere
    expect(await over(budgets, cost)).toBe(3);
  });

  test('are read from all pages of budgets above $0, and only from 100 % on', async () => {
    const pages = ({ page: number }: Query) =>
      number === 1
        ? { user_states: [state('a', 2, 1)], has_next_page: true, total_count: 2 }
        : { user_states: [state('b', 2, 1)], has_next_page: false, total_count: 2 };
    const report = await reportOn(host([everyone(1), team(0)], { [states('everyone')]: pages }));
    expect(report.measures['user-budgets-over']).toBe(2);
    const asked = report.requests.filter(({ path }) => path.endsWith('/user-states'));
    expect(asked.map(({ path, query }) => [path.split('/').at(-2), query])).toEqual([
      ['everyone', { threshold_lower_bound: 100, page: 1, per_page: 100 }],
      ['everyone', { threshold_lower_bound: 100, page: 2, per_page: 100 }],
    ]);
    expect(said(report)).toContain(
      'A budget of $0 blocks each person of cost center Research who has no other.',
    );
  });

  test('are never in metrics of shared budgets', async () => {
    const report = await reportOn(
      host([own('mona', 50, 51), everyone(220)], { [states('everyone')]: page() }),
    );
    expect(report.measures).toMatchObject({
      'user-budgets-over': 1,
      'budgets-over': { absent: 'nothing-to-measure' },
    });
    expect(said(report)).toContain('1 person has used up a budget of their own.');
  });

  test('are a subset of those who have a budget or are listed, whatever is sent', async () => {
    const login = fc.constantFrom('a', 'B', 'b', 'c', '');
    const amount = fc.constantFrom(0, 1, 5, 10);
    const owns = fc.array(fc.tuple(login, amount, amount), { maxLength: 4 });
    const rows = fc.array(fc.tuple(login, amount, amount), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(owns, rows, async (mine, listed) => {
        const budgets = mine.map(([user, target, spent], id) => own(user, target, spent, `own-${id}`));
        const users = listed.map(([user, spent, target]) => state(user, spent, target));
        const value = await over([everyone(1), ...budgets], { [states('everyone')]: page(...users) });
        const reached = new Set(
          [...mine.map(([user, target, spent]) => [user, spent, target] as const), ...listed]
            .filter(([user, spent, target]) => user !== '' && target > 0 && spent >= target)
            .map(([user]) => user.toLowerCase()),
        );
        const nameless = [...mine.map(([user]) => user), ...listed.map(([user]) => user)].filter(
          (user) => user === '',
        );
        expect(value).toBeLessThanOrEqual(reached.size + nameless.length);
        const withOwn = new Set(mine.map(([user]) => user.toLowerCase()));
        const certain = [...reached].filter((user) => !withOwn.has(user));
        expect(value).toBeGreaterThanOrEqual(certain.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('people who cannot be told', () => {
  const notDelivered = (why: string | RegExp) => ({
    absent: 'not-delivered',
    why: expect.stringMatching(why),
  });

  test('because GitHub refuses their states: said, and no error of the run', async () => {
    for (const [error, why] of [
      [
        refusal('not-found', 404),
        /^the list of people at the limit of their budget was left out \(not found\)$/,
      ],
      [refusal('forbidden', 403), /left out \(no permission\)$/],
    ] as const) {
      const report = await reportOn(
        host([own('mona', 1, 2), everyone(220)], { [states('everyone')]: error }),
      );
      expect(report.measures['user-budgets-over']).toEqual(notDelivered(why));
      expect(report.errors).toEqual([]);
      expect(said(report)).toContain('How many people have used up a budget of their own cannot be told');
    }
  });

  test('because their states fail: an error of the run', async () => {
    const report = await reportOn(host([everyone(220)], { [states('everyone')]: refusal('server', 502) }));
    expect(report.measures['user-budgets-over']).toEqual(notDelivered('could not be read'));
    expect(report.errors).toHaveLength(1);
  });

  test('because the period is another one, and then nobody is asked for', async () => {
    const report = await reportOn(host([own('mona', 1, 2), everyone(220)]), {
      inputs: { period: { year: 2026, month: 10 } },
    });
    expect(report.measures['user-budgets-over']).toEqual(
      notDelivered('^GitHub tells what people spent of the present alone$'),
    );
    expect(report.requests.filter(({ path }) => path.endsWith('/user-states'))).toEqual([]);
  });

  test('because GitHub does not say what they spent', async () => {
    expect(await over([own('mona', 10)])).toEqual(
      notDelivered('^GitHub does not say what 1 person spent of a budget of their own$'),
    );
  });

  test('because the budget that decides for one of them is not listed', async () => {
    expect(await over([everyone(10)], { [states('everyone')]: page(state('mona', 15, 10, 'gone')) })).toEqual(
      notDelivered('^the budget that replaces another one for a person is not listed$'),
    );
    expect(await over([everyone(10)], { [states('everyone')]: page(state('mona', 5, 10, 'gone')) })).toBe(0);
  });

  test('because nobody knows who belongs to which cost center', async () => {
    const replies = {
      'cost-centers': refusal('forbidden', 403),
      [states('team')]: page(state('lisa', 30, 20)),
      [states('everyone')]: page(state('lisa', 30, 10), state('mona', 15, 10)),
    };
    expect(await over([everyone(10), team(20)], replies)).toEqual(
      notDelivered('^it is not known who belongs to which cost center$'),
    );
    expect(await over([everyone(10)], replies)).toBe(2);
  });

  test('because there are no such budgets: nothing to measure', async () => {
    for (const budgets of [[], [budget()], [own('mona', 0, 1), everyone(0)]]) {
      expect(await over(budgets)).toEqual({
        absent: 'nothing-to-measure',
        why: 'no budget of people is above $0',
      });
    }
  });
});

test('who is blocked by a budget of $0 of their own is said', async () => {
  const report = await reportOn(host([own('a', 0), own('A', 0, 0, 'again'), own('b', 0, 7), everyone(0)]));
  expect(said(report)).toContain('2 people are blocked by a budget of $0.');
  expect(said(report)).toContain('A budget of $0 blocks each person who has no other.');
});

test('people’s budgets are dollars, whatever they are for', async () => {
  const copilot = { budget_type: 'ProductPricing', budget_product_sku: 'copilot' };
  const budgets = [
    { ...own('mona', 978, 31.17), ...copilot },
    { ...everyone(220), ...copilot },
  ];
  const report = await reportOn(host(budgets, { [states('everyone')]: page() }));
  expect(said(report)).toContain('"$978.00","$31.17",3.19');
  expect(said(report)).toContain('"$220.00 a person",null,null');
  expect(said(report)).not.toContain('license');
  expect(tableOf(report, 'budgets')).toMatchObject([
    { unit: 'USD', spent: 31.17, spent_percent: 3.19, spent_source: 'github' },
    { unit: 'USD', spent: undefined, spent_percent: undefined, spent_source: undefined },
  ]);
});

test('logins are told to redaction, in budgets.csv as in billing.json', async () => {
  const report = await reportOn(
    host([own('mona', 1, 2), everyone(1)], { [states('everyone')]: page(state('lisa', 2, 1)) }),
  );
  const entity = report.tables
    .find(({ name }) => name === 'budgets')
    ?.columns.find(({ name }) => name === 'entity');
  const rows = report.tables.find(({ name }) => name === 'budgets')?.rows ?? [];
  expect(rows.map((row) => typeof entity?.privacy === 'function' && entity.privacy(row))).toEqual([
    'login',
    'public',
  ]);
  const listed = partOf(report.files[0], 'user_states')?.table;
  expect(rowsOf(listed)).toEqual([
    { budget_id: 'everyone', user: 'lisa', consumed_amount: 2, target_amount: 1, override_budget_id: '' },
  ]);
  expect(listed?.columns.find(({ name }) => name === 'user')?.privacy).toBe('login');
});

describe('where nobody is read', () => {
  const nobody = { inputs: { people: false } };

  test('nobody is asked for, and names of people and of what may be people are gone', async () => {
    const ofScope = (budget_scope: string, budget_entity_name: string) =>
      budget({ id: budget_scope, budget_scope, budget_entity_name });
    const report = await reportOn(
      host([
        own('mona', 10, 12),
        everyone(20),
        team(20),
        ofScope('organization', 'octo-org'),
        ofScope('team_lead', 'lisa'),
      ]),
      nobody,
    );
    expect(tableOf(report, 'budgets').map(({ scope, entity }) => [scope, entity])).toEqual([
      ['user', ''],
      ['multi_user_customer', ''],
      ['multi_user_cost_center', 'Research'],
      ['organization', 'octo-org'],
      ['team_lead', ''],
    ]);
    expect(said(report)).not.toMatch(/mona|lisa/);
    expect(report.requests.filter(({ path }) => path.endsWith('user-states'))).toEqual([]);
    expect(report.measures['user-budgets-over']).toMatchObject({
      absent: 'not-delivered',
      why: 'this run reads nobody (`people: false`)',
    });
  });

  test('nobody is said to be blocked, but budgets that block everybody are told', async () => {
    const blocking = [own('mona', 0), own('mona', 0, undefined, 'second'), everyone(0)];
    const told = said(await reportOn(host(blocking), nobody));
    expect(told).not.toMatch(/people are blocked|person is blocked/);
    expect(told).toContain('A budget of $0 blocks each person who has no other');
    const { measures } = await reportOn(host(blocking), nobody);
    expect(measures['user-budgets-over']).toMatchObject({ absent: 'nothing-to-measure' });
  });
});
